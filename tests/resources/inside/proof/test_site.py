"""Where a commit is built: what of this machine reaches it."""

import types
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.proving import LIMITS, PYTHON

Load = Callable[[str], types.ModuleType]


@pytest.fixture
def made(inside: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """A site, and its module."""
    for name, value in {"FTP_PROXY": "p", "REDIS_URL": "mine", "PIP_NO_INPUT": "1"}.items():
        monkeypatch.setenv(name, value)
    site = inside("proof.site")
    teller = inside("proof.telling").Teller()
    (tmp_path / "src").mkdir()
    return types.SimpleNamespace(
        site=site.Site(str(tmp_path), PYTHON, LIMITS, teller), Failed=site.Failed
    )


def service(**more: object) -> dict[str, object]:
    return {"name": "w", "root": "", "build": "true", "start": "x", "env": {"A": "1"}, **more}


def test_a_build_gets_what_it_needs_for_the_network_and_the_service_nothing_of_it(
    made: types.SimpleNamespace, tmp_path: Path
) -> None:
    assert made.site.machine["FTP_PROXY"] == "p"
    assert made.site.machine["PIP_NO_INPUT"] == "1"
    assert "REDIS_URL" not in made.site.machine
    env = made.site.environment(service(), str(tmp_path / "venv0"))
    assert env["A"] == "1"
    assert env["HOME"] == str(tmp_path / "user")
    assert env["PATH"].startswith(f"{tmp_path}/venv0/bin:")
    assert not {"FTP_PROXY", "REDIS_URL", "PIP_NO_INPUT"} & env.keys()


def test_a_build_runs_in_the_root_directory_in_an_environment_with_pip_once_for_all_alike(
    made: types.SimpleNamespace, tmp_path: Path
) -> None:
    (tmp_path / "src/backend").mkdir()
    command = 'pip --version && echo "$VIRTUAL_ENV $A" >> seen'
    folder = made.site.build(service(root="backend", build=command))
    assert made.site.build(service(root="backend", build=command, name="web")) == folder
    assert (tmp_path / "src/backend/seen").read_text() == f"{folder} 1\n"


def test_a_root_directory_that_the_commit_has_not_fails(made: types.SimpleNamespace) -> None:
    with pytest.raises(made.Failed) as failed:
        made.site.folder("nowhere")
    assert failed.value.facts["missing"] == "nowhere"

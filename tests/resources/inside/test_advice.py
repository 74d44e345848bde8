"""What brings a module that is missing."""

import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from core.render.preflight.checks import missing

Inside = Callable[[str], types.ModuleType]


@pytest.fixture
def advice(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    module = inside("advice")
    monkeypatch.setattr(sys, "executable", "/venv/bin/python")
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: name)
    return module


def test_a_module_is_brought_by_the_package_of_its_name(
    advice: types.ModuleType, tmp_path: Path
) -> None:
    assert advice.bring("stripe", str(tmp_path)) == (
        "/venv/bin/python -m pip install stripe   (or the package that brings stripe)"
    )


def test_or_by_the_one_that_is_known_to_bring_it(advice: types.ModuleType, tmp_path: Path) -> None:
    assert "install django-environ   (" in advice.bring("environ", str(tmp_path))
    assert advice.BROUGHT_BY.keys() >= missing._PACKAGES.keys()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("line", ["PyYAML==6.0", "  pyyaml>=5 # for settings", "pyyaml[x]"])
def test_what_the_projects_list_names_is_installed_by_the_list(
    line: str, advice: types.ModuleType, tmp_path: Path
) -> None:
    (tmp_path / "backend").mkdir()
    (tmp_path / "requirements.txt").write_text(f"# yaml\ncelery\n{line}\n", "utf-8")
    wanted = f"/venv/bin/python -m pip install -r {tmp_path / 'requirements.txt'}"
    assert advice.bring("yaml", str(tmp_path / "backend")) == wanted
    assert advice.bring("yaml", str(tmp_path)) == wanted
    assert "pip install stripe" in advice.bring("stripe", str(tmp_path))


def test_an_environment_of_uv_has_no_pip(
    advice: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advice.importlib.util, "find_spec", lambda name: None)
    assert advice.install("a", "b") == "uv pip install --python /venv/bin/python a b"


def test_a_path_has_quotes_only_where_a_shell_wants_them(
    advice: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert advice.python() == "/venv/bin/python"
    monkeypatch.setattr(sys, "executable", "/my venv/python")
    assert advice.python() == '"/my venv/python"'

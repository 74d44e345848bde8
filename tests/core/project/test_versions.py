import os
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, FleetError
from core.project import versions
from core.project.environments import python_of
from core.project.interpreter import Interpreter
from core.project.versions import Versions, read_versions
from tests.support.venvs import bare_venv

POSIX = pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Python")


def packages_of(prefix: Path) -> Path:
    return next(prefix.glob("**/site-packages"))


def install(prefix: Path, **packages: str) -> None:
    """Put down what pip leaves behind."""
    for name, version in packages.items():
        info = packages_of(prefix) / f"{name}-{version}.dist-info"
        info.mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" if version else ""
        (info / "METADATA").write_text(text)


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """A real environment without packages, in a folder of an awkward name."""
    prefix = tmp_path / "mein büro" / ".venv"
    bare_venv(prefix)
    return prefix


def interpreter(prefix: Path) -> Interpreter:
    python = python_of(prefix, windows=os.name == "nt")
    assert python is not None
    return Interpreter(python, "made for this test")


async def test_versions_are_those_beside_the_interpreter(prefix: Path) -> None:
    install(prefix, celery="5.4.0", kombu="5.4.2", redis="5.3.1")

    found = await read_versions(interpreter(prefix))

    assert found.python == ".".join(map(str, sys.version_info[:3]))
    assert found.platform == sys.platform
    assert Path(found.prefix) == prefix
    assert Path(found.executable).is_relative_to(prefix)
    assert (found.celery, found.kombu, found.redis) == ("5.4.0", "5.4.2", "5.3.1")
    assert (found.packaging, found.fastapi) == (None, None)


async def test_the_python_of_these_tests_tells_what_it_has() -> None:
    found = await read_versions(Interpreter(Path(sys.executable), "running these tests"))

    assert (found.celery, found.kombu, found.redis) == tuple(
        metadata.version(name) for name in ("celery", "kombu", "redis")
    )
    assert found.platform == sys.platform


async def test_a_package_that_tells_no_version_is_there_all_the_same(prefix: Path) -> None:
    (packages_of(prefix) / "celery").mkdir()
    (packages_of(prefix) / "celery/__init__.py").write_text("")
    install(prefix, kombu="")

    found = await read_versions(interpreter(prefix))

    assert (found.celery, found.kombu) == ("?", "?")


async def test_neither_folder_nor_variables_add_modules(
    prefix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("celery.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)

    found = await read_versions(interpreter(prefix), {**os.environ, "PYTHONPATH": str(tmp_path)})

    assert found.celery is None


async def test_what_site_customisation_prints_is_passed_over(prefix: Path) -> None:
    (packages_of(prefix) / "noise.pth").write_text("import sys; print('solofleet', end='')\n")

    assert (await read_versions(interpreter(prefix))).celery is None


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], Interpreter]:
    def write(body: str) -> Interpreter:
        file = tmp_path / "python"
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
        return Interpreter(file, "made for this test")

    return write


async def failure(interpreter: Interpreter) -> FleetError:
    with pytest.raises(FleetError) as caught:
        await read_versions(interpreter)
    return caught.value


async def test_an_interpreter_that_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    error = await failure(Interpreter(tmp_path / "gone", "the setting python gone"))

    assert str(tmp_path / "gone") in error.what
    assert "(it is the setting python gone)" in error.why
    assert f'"{tmp_path / "gone"}" -V' in error.fix
    assert error.exit_code == UNAVAILABLE


@POSIX
async def test_an_interpreter_that_fails_is_an_error_with_its_words(
    script: Callable[[str], Interpreter],
) -> None:
    error = await failure(script("echo started >&2; echo No module named encodings >&2; exit 1"))

    assert error.why.startswith("it ended with 1: No module named encodings")


@POSIX
async def test_an_interpreter_that_says_nothing_is_an_error(
    script: Callable[[str], Interpreter],
) -> None:
    assert (await failure(script("echo hello"))).why.startswith("it ended with 0 (")


@POSIX
async def test_an_interpreter_that_hangs_is_an_error_in_time(
    script: Callable[[str], Interpreter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "DEADLINE_S", 0.1)

    assert "it said nothing within 0 s" in (await failure(script("exec sleep 60"))).why


@POSIX
async def test_a_python_without_metadata_tells_its_own_version(
    script: Callable[[str], Interpreter],
) -> None:
    said = '{"python": "3.6.15", "executable": "x", "prefix": "y", "platform": "linux"}'

    found = await read_versions(script(f"echo 'solofleet:{said}'"))

    assert found == Versions("3.6.15", "x", "y", "linux")

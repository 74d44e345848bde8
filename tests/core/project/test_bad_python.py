"""What is said of an interpreter that does not run."""

import sys
from pathlib import Path, PureWindowsPath

import pytest

from core.errors import UNAVAILABLE, FleetError
from core.project.bad_python import is_alias, why_it_does_not_run
from core.project.interpreter import Interpreter
from core.project.versions import read_versions
from tests.windows.redirector import environment

WINDOWS = pytest.mark.skipif(sys.platform != "win32", reason="programs of Windows")
ALIAS = r"C:\Users\me\AppData\Local\Microsoft\WindowsApps\python.exe"


@pytest.mark.parametrize(
    ("code", "words", "why"),
    [
        (9009, "Python was not found; run without arguments", "shortcut to the Microsoft Store"),
        (103, "No Python at 'C:\\Python39\\python.exe'", "removed (No Python at 'C:\\Python39"),
        (106, "failed to locate pyvenv.cfg", "has been removed"),
        (1, "did not find executable at 'C:\\gone': not found", "has been removed"),
        (0xC0000135, "", "a DLL that it needs is missing"),
        (0xC000007B, "", "32-bit and 64-bit parts are mixed up"),
    ],
)
def test_a_known_end_has_a_reason_and_a_remedy(code: int, words: str, why: str) -> None:
    reason = why_it_does_not_run(code=code, words=words)
    assert reason is not None
    assert why in reason.why
    assert reason.fix.startswith("Install Python")


@pytest.mark.parametrize("refused", [193, 216])
def test_a_program_of_another_kind_is_told(refused: int) -> None:
    reason = why_it_does_not_run(refused=refused)
    assert reason is not None
    assert "another processor" in reason.why


def test_any_other_end_is_not_guessed_at() -> None:
    assert why_it_does_not_run(code=1, words="No module named encodings") is None


def test_the_alias_of_the_store_is_known_by_its_folder() -> None:
    assert is_alias(PureWindowsPath(ALIAS))
    assert not is_alias(PureWindowsPath(r"C:\Python\python.exe"))


@WINDOWS
async def test_a_file_that_is_no_program_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "python.exe"
    broken.write_bytes(b"not a program")
    error = await _refusal(broken)
    assert error.what == f"{broken} does not run"
    assert "no program for this Windows" in error.why


@WINDOWS
async def test_the_alias_of_the_store_is_told(tmp_path: Path) -> None:
    stand_in = tmp_path / "python.bat"  # none can be had without Windows
    stand_in.write_text("@echo Python was not found; run without arguments 1>&2\n@exit 9009\n")
    assert "Microsoft Store" in (await _refusal(stand_in)).why


@WINDOWS
async def test_an_environment_whose_python_was_removed_is_told(tmp_path: Path) -> None:
    environment(tmp_path / ".venv", r"C:\gone\python.exe")
    error = await _refusal(tmp_path / ".venv" / "Scripts" / "python.exe")
    assert "has been removed (No Python at" in error.why
    assert r"C:\gone\python.exe" in error.why


async def _refusal(python: Path) -> FleetError:
    with pytest.raises(FleetError) as caught:
        await read_versions(Interpreter(python, "named in a test"))
    assert caught.value.exit_code == UNAVAILABLE
    assert "(it is named in a test)" in caught.value.why
    return caught.value

"""Editors that are found."""

from pathlib import Path

import pytest

from desktop.editor import found as module
from desktop.editor.found import Editor, find_editor


def program(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\n")
    file.chmod(0o755)
    return file


def test_vs_code_comes_before_pycharm(tmp_path: Path) -> None:
    assert find_editor({"PATH": str(tmp_path)}) is None
    charm = program(tmp_path, "charm")
    expected = Editor("PyCharm", (str(charm), "--line", "{line}", "{file}"))
    assert find_editor({"PATH": str(tmp_path)}) == expected
    code = program(tmp_path, "code")
    expected = Editor("VS Code", (str(code), "--goto", "{file}:{line}"))
    assert find_editor({"PATH": str(tmp_path)}) == expected


def test_without_a_path_there_is_none() -> None:
    assert find_editor({}) is None


@pytest.mark.parametrize(
    ("batch", "executable"),
    [
        ("code.cmd", "Code.exe"),
        ("code-insiders.cmd", "Code - Insiders.exe"),
        ("codium.cmd", "VSCodium.exe"),
        ("cursor.cmd", "Cursor.exe"),
    ],
)
def test_on_windows_the_program_behind_a_batch_file_is_taken(
    tmp_path: Path, batch: str, executable: str
) -> None:
    script = program(tmp_path / "bin", batch)
    assert module._behind(script, windows=True) == str(script)
    behind = program(tmp_path, executable)
    program(tmp_path, "unins000.exe")
    assert module._behind(script, windows=True) == str(behind)
    assert module._behind(script, windows=False) == str(script)

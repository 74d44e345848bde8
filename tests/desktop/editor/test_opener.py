"""Opening a line in an editor: a real program is started, which writes down what it was given."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.editor.opener import Opener
from tests.support.qt import run_in_qt
from tests.support.waiting import wait_until

WRITER = "import sys; open(sys.argv[1], 'w').write('\\n'.join(sys.argv[2:]))"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "my app" / "a & b.py"
    file.parent.mkdir()
    file.write_text("x = 1\n")
    return file


Opened = Callable[[str, str, int], tuple[str, ...]]


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path) -> Opened:
    """Opens a place with a command; what the errors were."""

    def work(command: str, path: str, line: int) -> tuple[str, ...]:
        told: list[str] = []

        async def live() -> None:
            async with asyncio.TaskGroup() as jobs:
                desk = Desk(jobs, dict(os.environ))
                desk.failed.connect(lambda error: told.append(error.what))
                Opener(desk, lambda: command, {"PATH": str(tmp_path)}).open(path, line)

        run_in_qt(qapp, live())
        return tuple(told)

    return work


def test_the_command_of_the_settings_gets_the_file_and_the_line(
    opened: Opened, source: Path, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    command = f'"{sys.executable}" -c "{WRITER}" "{told}" --goto {{file}}:{{line}}'
    assert opened(command, str(source), 7) == ()
    wait_for(told, f"--goto\n{source}:7")


def test_an_editor_on_path_is_taken_where_nothing_is_set(
    opened: Opened, source: Path, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    code = tmp_path / "code"
    code.write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{told}"\n')
    code.chmod(0o755)
    assert opened("", str(source), 7) == ()
    wait_for(told, f"--goto {source}:7")


def test_without_an_editor_the_system_opens_the_file(
    opened: Opened, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert opened("", str(source), 7) == ()
    assert asked == [str(source)]
    assert opened("", str(source), 7) == (f"{source} could not be opened",)


def test_a_file_that_is_not_here_is_told(opened: Opened, tmp_path: Path) -> None:
    assert opened("ed", "/srv/elsewhere.py", 1) == ("/srv/elsewhere.py was not opened",)


def test_an_editor_that_is_not_there_is_told(opened: Opened, source: Path, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    assert opened(f'"{gone}" {{file}}', str(source), 1) == (
        f"the editor {gone} could not be started",
    )


def wait_for(file: Path, text: str) -> None:
    wait_until(lambda: file.exists() and file.read_text() == text, 20, f"{text} in {file}")

"""Opens a line of a source file: with the command of the settings, an editor found, or the system.

What the system does with a file of Python need not be editing: Windows runs it. So it is asked to
edit, and where it cannot, Notepad does.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from core.errors import FleetError
from desktop.desk import Desk
from desktop.editor.command import filled, words_of
from desktop.editor.found import find_editor

SETTINGS_HELP: Final = "name another editor in the settings (Ctrl+,)"


class Opener(QObject):
    """`command` gives the editor's command line, empty for one that is found."""

    def __init__(
        self,
        desk: Desk,
        command: Callable[[], str],
        environ: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._command = command
        self._environ = environ

    def open(self, path: str, line: int) -> None:
        """Open it; a relative path is looked for where workers start, then at the project's root.

        An error is told by the desk.
        """
        session = self._desk.session
        folders = () if session is None else (session.project.workdir, session.project.root)
        self._desk.do(self._open(path, line, folders))

    async def _open(self, path: str, line: int, folders: tuple[Path, ...]) -> None:
        file = await asyncio.to_thread(_find, path, folders)
        words = words_of(self._command()) if self._command() else None
        if words is None:
            editor = await asyncio.to_thread(find_editor, self._environ)
            words = None if editor is None else editor.words
        if words is None:
            await open_by_system(file)
        else:
            start(filled(words, str(file), line))


def start(argv: tuple[str, ...]) -> None:
    """Start a program that lives on without us. Raises FleetError."""
    program, *rest = argv
    if not QProcess.startDetached(program, rest)[0]:
        raise FleetError(
            f"the editor {program} could not be started",
            "there is no such program on PATH, or it may not be run",
            SETTINGS_HELP,
        )


async def open_by_system(file: Path) -> None:
    """Have the system open a file for editing. Raises FleetError."""
    if sys.platform == "win32":
        try:
            await asyncio.to_thread(os.startfile, file, "edit")
        except OSError:  # nobody is known to edit such files
            start(("notepad.exe", str(file)))
    elif sys.platform == "darwin":
        start(("open", "-t", str(file)))
    elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        raise FleetError(
            f"{file} could not be opened",
            "there is no editor on PATH that is known here, and the system has none either",
            SETTINGS_HELP,
        )


def _find(path: str, folders: tuple[Path, ...]) -> Path:
    for place in (folder / path for folder in (*folders, Path.cwd())):
        if place.is_file():
            return place.resolve()
    raise FleetError(
        f"{path} was not opened",
        "there is no such file here: it was moved, or another machine printed that line",
        "open it by hand where it is",
    )

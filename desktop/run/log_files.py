"""The way to the log files on disk, in Explorer or whatever shows folders here."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from core.errors import FleetError
from core.logs.files import log_folder
from desktop.commands.command import Command
from desktop.desk import Desk

LABEL: Final = "Show log files in their folder"


class LogFiles:
    """Of the project that is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def commands(self) -> Iterator[Command]:
        """For the palette."""
        yield Command(
            LABEL, self.show, "Logs", "", "folder", lambda: self._desk.session is not None
        )

    def offer(self, _name: str, menu: QMenu) -> None:
        """Add it to the menu of a pane."""
        menu.addAction(LABEL).triggered.connect(self.show)

    def show(self) -> None:
        """Show the folder; an error is told by the desk."""
        if self._desk.session is not None:
            self._desk.do(show_folder(log_folder(self._desk.session.project.name)))


async def show_folder(folder: Path) -> None:
    """Have the system show the files of a folder. Raises FleetError."""
    if not await asyncio.to_thread(folder.is_dir):
        raise FleetError(
            "There are no log files yet",
            f"nothing was printed that would be in {folder}",
            "Start a worker.",
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        raise FleetError(
            f"{folder} could not be shown",
            "the system has no program for folders",
            "Open it by hand.",
        )

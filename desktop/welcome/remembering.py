"""Keeps the list of recent projects and its page together."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject

from core.errors import FleetError
from core.places import DEMO
from core.project.opening import Project
from desktop.welcome.page import WelcomePage
from desktop.welcome.recents import Recent, Recents


class Remembering(QObject):
    """`failed` hears what could not be written, `do` begins what takes time."""

    def __init__(
        self,
        page: WelcomePage,
        recents: Recents,
        failed: Callable[[FleetError], None],
        do: Callable[[Coroutine[Any, Any, None]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._recents = recents
        self._failed = failed
        self._do = do
        page.forgotten.connect(self._forget)

    def knows(self, path: str) -> bool:
        """Whether this project was open before."""
        return self._recents.knows(path)

    def note(self, project: Project, workers: int) -> None:
        """This one was just opened; the demo is always there and needs no place."""
        if project.root == DEMO:
            return
        try:
            self._recents.note(Recent(str(project.root), project.app, workers, time.time()))
        except FleetError as error:
            self._failed(error)

    def show(self) -> None:
        """Bring the page up to date."""
        recents = self._recents.read()
        self._page.show_recents(recents)
        if recents:
            self._do(self._look(recents))

    async def _look(self, recents: Sequence[Recent]) -> None:
        """Look for the folders: a share that is not connected keeps who asks waiting."""
        gone = await asyncio.to_thread(_gone, recents)
        self._page.show_gone(gone)

    def _forget(self, recent: Recent) -> None:
        try:
            self._recents.forget(recent.path)
        except FleetError as error:
            self._failed(error)
        self.show()


def _gone(recents: Sequence[Recent]) -> frozenset[str]:
    return frozenset(each.path for each in recents if not each.there)

"""Looks at the checklist's evidence, ticks boxes for a person, and saves the list."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.checklist.asking import remote_of
from core.render.checklist.box import Box
from core.render.checklist.looking import look
from core.render.checklist.record import tick_off
from core.render.checklist.there import Remote
from core.render.preflight.snapshot import Snapshot
from core.session import Session
from core.settings.atomic import replace_text
from desktop.deploy.checklist_card import ChecklistCard
from desktop.deploy.facts import Checked
from desktop.desk import Desk

Do = Callable[[Coroutine[Any, Any, object]], asyncio.Task[None]]


class Checker(QObject):
    """It looks when its card is first seen, and again on request.

    `checked` hears what is found. `place_clicked` has a file and a line of it.
    """

    place_clicked = Signal(str, int)

    def __init__(
        self,
        card: ChecklistCard,
        desk: Desk,
        do: Do,
        checked: Callable[[Checked | FleetError], None],
    ) -> None:
        super().__init__(card)
        self._card = card
        self._desk = desk
        self._do = do
        self._tell = checked
        self.forget()
        card.seen.connect(self._seen)
        card.again.connect(self.look)
        card.asked.connect(self._ask)
        card.save_asked.connect(self._save)
        card.place_clicked.connect(self._go)
        desk.opened.connect(self._opened)

    def forget(self) -> None:
        """Another project is there."""
        self._checked: Checked | None = None
        self._looking: asyncio.Task[None] | None = None
        self._card.show_running(False)

    def _opened(self) -> None:
        if self._card.isVisible():
            self.look()

    def _seen(self) -> None:
        if self._looking is None:
            self.look()

    def look_again(self) -> None:
        """Look anew at what somebody has looked at before."""
        if self._looking is not None:
            self.look()

    def look(self) -> None:
        """Look at all evidence."""
        session = self._desk.session
        if session is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._do(self._look(session))
        self._card.show_running(True)

    async def _look(self, session: Session) -> None:
        project = session.project
        try:
            now = await look(project.root, project, self._remote)
            self._take(Checked(now, await asyncio.to_thread(tick_off, project.name, now)))
        except FleetError as error:
            self._checked = None
            self._tell(error)
        self._card.show_running(False)

    async def _remote(self, snapshot: Snapshot) -> Remote | FleetError:
        return await remote_of(snapshot, self._desk.environ, None, self._card.show_waiting)

    def _take(self, checked: Checked) -> None:
        self._checked = checked
        self._tell(checked)

    def _ask(self, box: Box, ticked: bool) -> None:
        if self._checked is not None and self._desk.session is not None:
            self._do(self._tick(self._desk.session.project.name, self._checked, box, ticked))

    async def _tick(self, project: str, known: Checked, box: Box, ticked: bool) -> None:
        """Keep it; what cannot be kept is told by the window."""

        def keep() -> Checked:
            tick, untick = ((box,), ()) if ticked else ((), (box,))
            now = replace(known.now, at=datetime.now(UTC))
            return Checked(now, tick_off(project, now, tick=tick, untick=untick))

        self._take(await asyncio.to_thread(keep))

    def _save(self, path: str, text: str) -> None:
        self._do(self._write(Path(path), text))

    async def _write(self, file: Path, text: str) -> None:
        try:
            await asyncio.to_thread(replace_text, file, text)
        except OSError as error:
            raise FleetError(
                f"{file} was not written",
                error.strerror or str(error),
                "Save it elsewhere.",
            ) from error

    def _go(self, file: str, line: int) -> None:
        if self._checked is not None:
            self.place_clicked.emit(str(self._checked.top / file), line)

"""Looks at the checklist's evidence, ticks boxes for a person, and saves the list."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.checklist.asking import remote_by, remote_of
from core.render.checklist.box import Box
from core.render.checklist.looking import look
from core.render.checklist.record import tick_off
from core.render.checklist.there import Remote
from core.render.preflight.snapshot import Snapshot
from core.render.there import OnRender
from core.session import Session
from core.settings.atomic import replace_text
from desktop.deploy.checklist_card import ChecklistCard
from desktop.deploy.facts import Checked
from desktop.desk import Desk
from desktop.render.account import obstacle

NEVER: Final = float("-inf")
FRESH_S: Final = 30.0
"""Render need not be asked more often because somebody turns pages."""
Do = Callable[[Coroutine[Any, Any, object]], asyncio.Task[None]]


class Checker(QObject):
    """It looks when its card is seen, unless it just has, and again on request.

    `checked` hears what is found; `way` gives the way to Render, where the window has one.
    `place_clicked` has a file and a line of it.
    """

    place_clicked = Signal(str, int)

    def __init__(
        self,
        card: ChecklistCard,
        desk: Desk,
        do: Do,
        checked: Callable[[Checked | FleetError], None],
        way: Callable[[], OnRender | None],
    ) -> None:
        super().__init__(card)
        self._card = card
        self._desk = desk
        self._do = do
        self._tell = checked
        self._way = way
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
        self._looked_at = NEVER
        self._used: OnRender | None = None
        self._card.show_running(False)

    def _opened(self) -> None:
        if self._card.isVisible():
            self.look()

    def _seen(self) -> None:
        is_fresh = time.monotonic() - self._looked_at < FRESH_S
        if self._looking is None or (self._looking.done() and not is_fresh):
            self.look()

    def reached(self) -> None:
        """The window has a way to Render now, or another one."""
        there = self._way()
        if there is None or there is self._used:
            return
        self._looked_at = NEVER
        if self._card.isVisible():
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
        self._looked_at = time.monotonic()
        try:
            now = await look(project.root, project, self._remote)
            self._take(Checked(now, await asyncio.to_thread(tick_off, project.name, now)))
        except FleetError as error:
            self._checked = None
            self._tell(error)
        self._card.show_running(False)

    async def _remote(self, snapshot: Snapshot) -> Remote | FleetError:
        self._used = there = self._way()
        if there is not None:
            return await remote_by(snapshot, there.api, there.owner)
        told = await remote_of(snapshot, self._desk.environ, None, self._card.show_waiting)
        return (obstacle(told) or told) if isinstance(told, FleetError) else told

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

"""Rehearses a deploy on request, by what the workers here took."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject

from core.errors import FleetError
from core.render.blueprint.drafting import FILE
from core.render.blueprint.reading import Document, find_above, read_file
from core.render.rehearsing.rehearsal import rehearse
from core.session import Session
from desktop.deploy.looking import read_ground
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.rehearsal_card import RehearsalCard


class Rehearser(QObject):
    """Needs no Render: only files, and the app."""

    def __init__(self, desk: Desk, card: RehearsalCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card = card
        self._errands = Errands(desk)
        card.rehearse.connect(self._rehearse)
        desk.closed.connect(self._closed)

    @property
    def idle(self) -> bool:
        """Whether nothing is read or imported."""
        return self._errands.idle

    def _rehearse(self) -> None:
        if (session := self._desk.session) is not None and self.idle:
            self._errands.do(self._show(session))

    async def _show(self, session: Session) -> None:
        self._card.show_busy(True)
        try:
            environ = self._desk.environ
            ground = await read_ground(session, environ)
            document = await asyncio.to_thread(_blueprint, session.project.root)
            told = await rehearse(
                ground.project, document, ground.measured, session.containment, environ
            )
        except FleetError as error:
            self._card.show_error(error)
        else:
            self._card.show_rehearsal(told)
        finally:
            self._card.show_busy(False)

    def _closed(self) -> None:
        self._errands.cancel()
        self._card.show_rehearsal(None)


def _blueprint(root: Path) -> Document | None:
    """The render.yaml of the project, where there is one. Raises FleetError. Blocks."""
    file = find_above(root, FILE)
    return None if file is None else read_file(file)

"""Looks what git has, and pushes: asks, and has the system's git do it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.blueprint.services import services_of
from core.render.committing import Difference, read_differences
from core.render.pushing import Branch, choose_remote, push, read_branch
from core.render.there import blueprint_of
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.push_card import PushCard, uncommitted
from desktop.render.question import Ask, Asker
from desktop.render.words import counted


class Pusher(QObject):
    """`changed` comes when it has looked; `pushed` has the commit that was.

    `branch` is what is checked out, `differences` are the files that are not committed.
    """

    changed = Signal()
    pushed = Signal(str)

    def __init__(self, desk: Desk, card: PushCard, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card = card
        self._asker = asker
        self._errands = Errands(desk)
        self.branch: Branch | None = None
        self.differences: Sequence[Difference] = ()
        card.again.connect(self.look)
        card.push.connect(self._push)
        desk.closed.connect(self._closed)

    @property
    def idle(self) -> bool:
        """Whether nothing is looked at, asked or pushed."""
        return self._errands.idle

    def look(self) -> None:
        """Ask git anew."""
        if (session := self._desk.session) is not None and self.idle:
            self._errands.do(self._look(session.project.root))

    async def _look(self, root: Path) -> None:
        self._card.show_busy("looking")
        branch, differences, deployed, fault = None, (), (), None
        try:
            branch = await asyncio.to_thread(read_branch, root)
            differences = await asyncio.to_thread(read_differences, branch)
            deployed = await asyncio.to_thread(_deployed, root)
        except FleetError as error:
            fault = error
        self._card.show_busy("")
        self._card.show_error(fault)
        self._take(branch, differences, deployed)

    def _push(self, name: str) -> None:
        if self.branch is not None and self.idle:
            self._errands.do(self._ask_and_push(self.branch, name))

    async def _ask_and_push(self, branch: Branch, name: str) -> None:
        try:
            remote = choose_remote(branch, name or None)
            ask = Ask(
                f"Push {branch.name} to {remote.name}?",
                "Push",
                (
                    ("Commits", counted(branch.ahead, "commit")),
                    ("Repository", remote.address),
                    ("Left out", uncommitted(branch) or "nothing, all is committed"),
                ),
                note="Never forced. What follows this branch on Render may deploy it by itself.",
                icon_name="deploy",
            )
            if not await self._asker.agreed(ask):
                return
            self._card.show_error(None)
            self._card.show_busy(f"pushing to {remote.name}")
            summary = await asyncio.to_thread(push, branch, remote)
        except FleetError as error:
            self._card.show_busy("")
            self._card.show_error(error)
            return
        await self._look(branch.top)
        self._card.show_pushed(f"pushed to {remote.name}: {summary}")
        self.pushed.emit(branch.oid)

    def _take(
        self, branch: Branch | None, differences: Sequence[Difference], deployed: tuple[str, ...]
    ) -> None:
        self.branch, self.differences = branch, differences
        self._card.show_branch(branch, deployed)
        self.changed.emit()

    def _closed(self) -> None:
        self._errands.cancel()
        self._card.show_error(None)
        self._card.show_busy("")
        self._take(None, (), ())


def _deployed(root: Path) -> tuple[str, ...]:
    """The branches that render.yaml names; none where that cannot be read."""
    try:
        document = blueprint_of(root)
    except FleetError:
        return ()
    names = (service.text("branch") for service in services_of(document.root))
    return tuple(dict.fromkeys(filter(None, names)))

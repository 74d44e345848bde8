"""Commits the files that a person chose, of those that are not as the last commit has them."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.committing import choose, commit, read_differences
from core.render.pushing import Branch
from desktop.desk import Desk
from desktop.render.commit_card import CommitCard
from desktop.render.errands import Errands
from desktop.render.pusher import Pusher
from desktop.render.words import counted


class Committer(QObject):
    """What there is, the `pusher` has seen; it looks again when there is another commit.

    `place_clicked` has a file and a line of it.
    """

    place_clicked = Signal(str, int)

    def __init__(self, desk: Desk, card: CommitCard, pusher: Pusher, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._pusher = pusher
        self._errands = Errands(desk)
        card.commit.connect(self._commit)
        card.opened.connect(self._open)
        pusher.changed.connect(self._show)
        desk.closed.connect(self._closed)

    @property
    def idle(self) -> bool:
        """Whether nothing is committed."""
        return self._errands.idle

    def _show(self) -> None:
        self._card.show_differences(self._pusher.differences)

    def _commit(self, paths: Sequence[str], message: str) -> None:
        if (branch := self._pusher.branch) is not None and self.idle:
            self._errands.do(self._commit_these(branch, paths, message))

    async def _commit_these(self, branch: Branch, paths: Sequence[str], message: str) -> None:
        self._card.show_error(None)
        self._card.show_busy(f"committing {counted(len(paths), 'file')}")
        try:
            found = await asyncio.to_thread(read_differences, branch)
            await asyncio.to_thread(commit, branch, choose(found, paths, branch), message)
        except FleetError as error:
            self._card.show_error(error)
        else:
            self._card.message.clear()
            self._pusher.look()
        finally:
            self._card.show_busy("")

    def _open(self, path: str) -> None:
        if (branch := self._pusher.branch) is not None:
            self.place_clicked.emit(str(branch.top / path), 1)

    def _closed(self) -> None:
        self._errands.cancel()
        self._card.show_error(None)
        self._card.message.clear()

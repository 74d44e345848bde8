"""Which notices pop up on the screen: those for which somebody would come back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.notices.notice import Kind, Notice

QUIET: Final = timedelta(seconds=60)
"""A worker that crashes again within this time is not told of again: the list has it."""


class Toasts(QObject):
    """`wanted` has a notice that is to pop up.

    A crash always does, a long task only where `looking` says that nobody looks at the window.
    """

    wanted = Signal(object)

    def __init__(self, looking: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = looking
        self._told: dict[str | None, datetime] = {}

    def take(self, notice: Notice) -> None:
        """A notice came."""
        if notice.kind is Kind.CRASH:
            before = self._told.get(notice.who)
            self._told[notice.who] = notice.at
            if before is None or notice.at - before > QUIET:
                self.wanted.emit(notice)
        elif notice.kind is Kind.LONG_TASK and not self._looking():
            self.wanted.emit(notice)

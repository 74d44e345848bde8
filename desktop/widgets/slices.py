"""Makes many widgets without holding up the window: some now, the others in its next turns."""

import time
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer

SLICE_S: Final = 0.006
"""Widgets are made for so long before the window has its turn again."""


class Slices(QObject):
    """`again` is called in the window's next turn when a slice was not enough."""

    def __init__(self, again: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(again)

    @property
    def over(self) -> bool:
        """Whether no turn is waited for."""
        return not self._timer.isActive()

    def take(self, steps: Iterable[object]) -> None:
        """Take steps, each of which makes a widget, until the slice is used up."""
        until = time.monotonic() + SLICE_S
        for _ in steps:
            if time.monotonic() > until:
                self._timer.start()
                return

"""Collects Python's garbage in Qt's thread, and in no other.

Python looks for cycles in whichever thread happens to allocate; in ours that may be one that reads
a file or waits for a child. Widgets, timers and notifiers are part of such cycles, and a Qt object
that is destroyed in another thread corrupts Qt's lists of timers and sockets: the loop hangs, or
the program ends with a segmentation fault (measured: within a second when a thread does nothing
but collect; else once in some forty runs).
"""

import gc
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer

PAUSE_MS: Final = 40
REST: Final = 100
"""A full collection rests for so many times as long as the last one took."""


class Garbage(QObject):
    """From now on only `parent`'s thread collects.

    What lives at the first look is never looked at again: the modules and the window, a quarter of
    a million objects, would make each full collection take longer than a frame.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._full_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)
        QTimer.singleShot(PAUSE_MS, self, self._begin)

    def _begin(self) -> None:
        gc.collect()
        gc.freeze()
        self._timer.start()

    def _look(self) -> None:
        generation = due()
        if generation is None:
            return
        begin = perf_counter()
        if generation == 2 and begin < self._full_at:
            generation = 1
        gc.collect(generation)
        end = perf_counter()
        if generation == 2:
            self._full_at = end + REST * (end - begin)


def due() -> int | None:
    """The oldest generation that Python would collect now, by its own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    return next((old for old in (2, 1, 0) if counts[old] > thresholds[old] > 0), None)

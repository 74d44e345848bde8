"""Keeps several logs at the same moment: where one is scrolled to, the others go."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from desktop.logpane.frame import LogFrame


class TimeLock(QObject):
    """`frames` gives those that are kept together, once they are watched."""

    def __init__(
        self, frames: Callable[[], Iterable[LogFrame]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.on = False
        self._frames = frames
        self._leading = False

    def watch(self, frame: LogFrame) -> None:
        """Let this one lead when it is scrolled."""
        frame.moment_changed.connect(partial(self._moved, frame))
        frame.view.following_changed.connect(partial(self._followed, frame))

    def turn(self, on: bool, leader: LogFrame) -> None:
        """Lock them, all where the leader is, or let go of them."""
        self.on = on
        if leader.view.following:
            self._followed(leader, True)
        elif (moment := leader.view.moment) is not None:
            self._moved(leader, moment)

    def _moved(self, leader: LogFrame, moment: datetime | None) -> None:
        if not self.on or self._leading or moment is None:
            return
        self._leading = True  # the others move too, and tell it
        for frame in self._frames():
            if frame is not leader:
                frame.show_moment(moment)
                frame.view.follow(False)  # the end of a log is a moment too
        self._leading = False

    def _followed(self, leader: LogFrame, on: bool) -> None:
        if not self.on or self._leading or not on:
            return
        self._leading = True
        for frame in self._frames():
            frame.view.follow(True)
        self._leading = False

"""Steps that are taken a slice at a time."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.widgets.slices import SLICE_S, Slices


class Maker(QObject):
    """Has this many things to make, each of which takes half of a slice."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.left = count
        self.turns = 0
        self.slices = Slices(self.make, self)

    def make(self) -> None:
        self.turns += 1
        self.slices.take(self._steps())

    def _steps(self) -> Iterator[None]:
        while self.left:
            end = time.monotonic() + SLICE_S / 2
            while time.monotonic() < end:
                pass
            self.left -= 1
            yield


def test_what_does_not_fit_into_a_slice_is_made_in_the_next_turns(qtbot: QtBot) -> None:
    maker = Maker(9)
    maker.make()
    assert 0 < maker.left < 9
    assert not maker.slices.over
    qtbot.waitUntil(lambda: maker.slices.over)
    assert maker.left == 0
    assert maker.turns > 2


def test_nothing_to_make_needs_no_other_turn(qtbot: QtBot) -> None:
    maker = Maker(0)
    maker.make()
    assert maker.slices.over

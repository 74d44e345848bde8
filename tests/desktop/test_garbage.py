"""Whose thread collects what Python leaves."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.garbage import Garbage, due


class Ring:
    """Garbage that only the collector finds; it notes who found it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.disable()  # as it is for all tests


def test_a_thread_that_allocates_collects_nothing_and_the_loop_does(qtbot: QtBot) -> None:
    gc.enable()
    parent = QObject()
    Garbage(parent)
    collectors: set[threading.Thread] = set()

    def note(phase: str, info: object) -> None:
        collectors.add(threading.current_thread())

    gc.callbacks.append(note)
    try:
        busy = threading.Thread(target=lambda: [Ring() for _ in range(100_000)])
        busy.start()
        busy.join()
        assert not collectors
        last = weakref.ref(Ring())
        qtbot.waitUntil(lambda: last() is None)
        assert collectors == {threading.main_thread()}
    finally:
        gc.callbacks.remove(note)


def test_what_lives_at_the_first_look_is_not_looked_at_again(qtbot: QtBot) -> None:
    parent = QObject()
    before = gc.get_freeze_count()
    Garbage(parent)
    qtbot.waitUntil(lambda: gc.get_freeze_count() > before)


def test_what_is_due_follows_pythons_own_thresholds() -> None:
    gc.collect()
    assert due() is None
    rings = [Ring() for _ in range(gc.get_threshold()[0] + 10)]
    assert due() == 0
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(0)
    assert due() == 1
    assert rings

"""What pops up, and what does not."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from core.logs.level import Level
from desktop.notices.notice import Kind, Notice
from desktop.tray.toasts import QUIET, Toasts

AT = datetime(2025, 11, 25, 21, 43, 1)


def notice(kind: Kind, who: str = "worker1@box", at: datetime = AT) -> Notice:
    return Notice(at, kind, Level.INFO, "text", who)


@dataclass
class Screen:
    """What popped up; `looking`: the window is in front."""

    looking: bool = False
    shown: list[Notice] = field(default_factory=list[Notice])


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def toasts(qapp: QApplication, screen: Screen) -> Toasts:
    toasts = Toasts(lambda: screen.looking)
    toasts.wanted.connect(screen.shown.append)
    return toasts


@pytest.mark.parametrize(
    ("kind", "looking", "pops_up"),
    [
        (Kind.CRASH, True, True),
        (Kind.CRASH, False, True),
        (Kind.LONG_TASK, False, True),
        (Kind.LONG_TASK, True, False),
        (Kind.SAID, False, False),
        (Kind.KNOWN_ERROR, False, False),
        (Kind.FAILED, False, False),
    ],
)
def test_crashes_pop_up_and_long_tasks_where_nobody_looks(
    toasts: Toasts, screen: Screen, kind: Kind, looking: bool, pops_up: bool
) -> None:
    screen.looking = looking
    toasts.take(notice(kind))
    assert bool(screen.shown) is pops_up


def test_a_worker_in_a_crash_loop_pops_up_once(toasts: Toasts, screen: Screen) -> None:
    for second in range(0, 50, 10):
        toasts.take(notice(Kind.CRASH, at=AT + timedelta(seconds=second)))
    toasts.take(notice(Kind.CRASH, "worker2@box"))
    assert [each.who for each in screen.shown] == ["worker1@box", "worker2@box"]


def test_after_some_quiet_it_pops_up_again(toasts: Toasts, screen: Screen) -> None:
    toasts.take(notice(Kind.CRASH))
    toasts.take(notice(Kind.CRASH, at=AT + QUIET + timedelta(seconds=1)))
    assert len(screen.shown) == 2

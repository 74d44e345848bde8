"""What is said between the lines of a log."""

from dataclasses import replace

from core.workers.phase import RunningTask, Stage, Worker
from desktop.run.separators import separators

FRESH = Worker("worker1@box")
UP = replace(FRESH, stage=Stage.UP, run=1, pid=7)


def told(before: Worker | None, now: Worker) -> list[str]:
    return [note.text for note in separators(before, now, 12)]


def test_starts_and_ends_of_a_process_are_told() -> None:
    assert told(FRESH, replace(FRESH, stage=Stage.STARTING, run=1)) == ["started"]
    crashed = replace(UP, stage=Stage.CRASHED, why="access violation (0xC0000005)", pid=None)
    assert told(UP, crashed) == ["process ended: access violation (0xC0000005)"]
    again = replace(UP, stage=Stage.STARTING, run=2)
    assert told(crashed, again) == ["started again, process 2"]


def test_a_stop_is_told_and_tasks_that_come_and_go_are_not() -> None:
    busy = replace(UP, task=RunningTask("id", "a.b", 0.0))
    assert told(UP, busy) == told(busy, UP) == []
    assert told(UP, replace(UP, stage=Stage.STOPPING, why="stop asked")) == [
        "no new tasks: stop asked"
    ]


def test_they_stand_at_their_line() -> None:
    (note,) = separators(FRESH, replace(FRESH, stage=Stage.STARTING, run=1), 12)
    assert note.line == 12
    assert note.at is not None

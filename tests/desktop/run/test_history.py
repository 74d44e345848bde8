"""What became of a worker's processes."""

from dataclasses import replace

from core.workers.phase import Phase, RunningTask, Stage, Worker
from desktop.run.history import MOST, History

WORKER = Worker("worker1@box", Stage.UP, "waits for tasks", run=1, pid=7)


def test_only_turns_are_events_and_the_latest_comes_first() -> None:
    history = History(iter(range(100)).__next__)
    history.take(WORKER)
    history.take(replace(WORKER, task=RunningTask("id", "a.b", 0.0)))
    history.take(WORKER)
    history.take(replace(WORKER, stage=Stage.CRASHED, why="access violation", pid=None))
    history.take(replace(WORKER, run=2, pid=8))
    events = history.of("worker1@box")
    assert [event.phase for event in events] == [Phase.READY, Phase.CRASHED, Phase.READY]
    assert [event.text for event in events] == ["process 8", "access violation", "process 7"]
    assert [event.at for event in events] == [2, 1, 0]


def test_a_worker_that_never_ran_has_none() -> None:
    history = History()
    history.take(Worker("worker1@box"))
    assert list(history.of("worker1@box")) == []
    assert list(history.of("nobody@box")) == []


def test_the_oldest_are_forgotten() -> None:
    history = History()
    for run in range(1, MOST + 6):
        history.take(replace(WORKER, run=run))
    assert len(history.of("worker1@box")) == MOST


def test_what_was_said_of_a_worker_stands_between() -> None:
    history = History()
    history.say("worker1@box", "before it ever ran")
    history.take(WORKER)
    history.say("worker1@box", "killed from outside; starts again at once")
    events = history.of("worker1@box")
    assert [event.text for event in events] == [
        "killed from outside; starts again at once",
        "process 7",
    ]

"""What whoever closes the window is told."""

from dataclasses import replace

import pytest

from core.workers.messages import Rung
from core.workers.phase import RunningTask, Stage, Worker
from desktop.leaving.standing import busy, headline, leaving, running

IDLE = Worker("worker1@box", Stage.UP, "waits for tasks", run=1, pid=1)
BUSY = replace(IDLE, name="worker2@box", task=RunningTask("4e02", "images.thumbnail", 88.0))
STOPPING = replace(BUSY, stage=Stage.STOPPING, rung=Rung.WARM, wake_at=118.0)
BACKOFF = Worker("worker3@box", Stage.BACKOFF, "exit 1", run=1, wake_at=104.0, backoff_tries=2)
GONE = Worker("worker4@box", Stage.EXITED, "ended", run=1)
WEB = Worker("web", Stage.UP, "port 8000 listens", run=1, pid=3)


@pytest.mark.parametrize(
    ("everybody", "rows", "words"),
    [
        ((IDLE, BUSY, GONE), 0, "2 workers are running"),
        ((IDLE, GONE), 0, "1 worker is running"),
        ((IDLE, BUSY, WEB), 1, "2 workers and 1 command are running"),
        ((GONE, WEB), 1, "1 command is running"),
    ],
)
def test_it_says_how_many_run(everybody: tuple[Worker, ...], rows: int, words: str) -> None:
    assert headline(everybody, rows) == words


def test_those_with_a_task_are_named_with_it_and_its_age() -> None:
    (line,) = busy((IDLE, BUSY), now=100.0)
    assert (line.number, line.name, line.detail) == (2, "worker2", "images.thumbnail, 12 s")


def test_one_that_waits_for_its_next_try_is_not_gone() -> None:
    assert running((BACKOFF, GONE)) == 1


def test_on_the_way_out_each_says_what_it_waits_for_and_when_it_is_forced() -> None:
    first, second = leaving((GONE, STOPPING, BACKOFF), now=100.0)
    assert (first.number, first.detail) == (2, "finishing images.thumbnail, 12 s; force in 18 s")
    assert (second.number, second.look.label) == (3, "Backoff")

"""One worker as the supervisor sees it, and the words for people."""

import pytest

from core.errors import FleetError
from core.workers.messages import Rung
from core.workers.phase import (
    Phase,
    RunningTask,
    Stage,
    Then,
    Worker,
    describe,
    three_parts,
    unread,
)

TASK = RunningTask("a1", "reports.render", 88.0)


@pytest.mark.parametrize(
    ("worker", "phase"),
    [
        (Worker("w"), Phase.STOPPED),
        (Worker("w", Stage.STARTING), Phase.STARTING),
        (Worker("w", Stage.STARTING, broker_error="refused"), Phase.BROKER_LOST),
        (Worker("w", Stage.STARTING, quiet=True), Phase.SUSPECT),
        (Worker("w", Stage.UP), Phase.READY),
        (Worker("w", Stage.UP, task=TASK), Phase.BUSY),
        (Worker("w", Stage.UP, task=TASK, broker_error="refused"), Phase.BUSY),
        (Worker("w", Stage.UP, task=TASK, quiet=True), Phase.SUSPECT),
        (Worker("w", Stage.UP, task=TASK, leaving="shutdown"), Phase.STOPPING),
        (Worker("w", Stage.UP, broker_error="refused"), Phase.BROKER_LOST),
        (Worker("w", Stage.STOPPING, task=TASK, broker_error="refused"), Phase.STOPPING),
        (Worker("w", Stage.BACKOFF), Phase.BACKOFF),
        (Worker("w", Stage.EXITED), Phase.EXITED),
        (Worker("w", Stage.CRASHED), Phase.CRASHED),
        (Worker("w", Stage.FATAL), Phase.FATAL),
    ],
)
def test_the_phase_follows_from_what_is_known(worker: Worker, phase: Phase):
    assert worker.phase is phase


def test_only_stages_with_a_process_are_alive():
    alive = {stage for stage in Stage if Worker("w", stage).alive}
    assert alive == {Stage.STARTING, Stage.UP, Stage.STOPPING}


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        (Worker("w", Stage.STARTING, "importing the app", 97.0), "importing the app, 3 s"),
        (Worker("w", Stage.UP, "waits for tasks"), "waits for tasks"),
        (Worker("w", Stage.UP, task=TASK), "runs reports.render, 12 s"),
        (
            Worker("w", Stage.UP, task=TASK, broker_error="refused"),
            "runs reports.render; broker lost: refused, 12 s",
        ),
        (Worker("w", Stage.UP, since=40.0, broker_error="refused"), "broker lost: refused, 60 s"),
        (
            Worker("w", Stage.UP, since=40.0, task=TASK, quiet=True),
            "no output, no telemetry; last known: runs reports.render, 60 s",
        ),
        (
            Worker("w", Stage.STOPPING, "stop asked", task=TASK, wake_at=117.5),
            "finishing reports.render, 12 s; force in 18 s",
        ),
        (
            Worker("w", Stage.STOPPING, "restart asked", 99.5, wake_at=129.5, then=Then.RESTART),
            "restart asked, 0 s; force in 30 s; then it starts again",
        ),
        (
            Worker("w", Stage.STOPPING, task=TASK, rung=Rung.COLD, wake_at=104.0),
            "breaking off reports.render, 12 s; force in 4 s",
        ),
        (
            Worker("w", Stage.STOPPING, task=TASK, rung=Rung.KILL),
            "finishing reports.render, 12 s; killed, not gone yet",
        ),
        (
            Worker("w", Stage.UP, since=98.0, leaving="control.shutdown"),
            "stops by itself: control.shutdown, 2 s",
        ),
        (
            Worker("w", Stage.UP, since=98.0, leaving="max_tasks_per_child (2)", replaced=True),
            "is replaced: max_tasks_per_child (2), 2 s",
        ),
        (
            Worker("w", Stage.BACKOFF, "killed by SIGSEGV", wake_at=102.5, backoff_tries=2),
            "try 2 in 3 s: killed by SIGSEGV",
        ),
        (Worker("w", Stage.BACKOFF, "gone", wake_at=99.0, backoff_tries=1), "try 1 in 0 s: gone"),
        (Worker("w", Stage.BACKOFF, "gone", backoff_tries=1), "try 1 in 0 s: gone"),
        (Worker("w", Stage.FATAL, "no such app"), "no such app"),
    ],
)
def test_the_words_say_why_how_long_and_what_comes_next(worker: Worker, words: str):
    assert describe(worker, 100.0) == words


def test_an_error_of_three_parts_fits_on_a_line():
    assert three_parts(FleetError("worker1", "no such program", "install it")) == (
        "worker1: no such program. install it"
    )


READER = Worker("a", Stage.UP, queues=("celery",))


@pytest.mark.parametrize(
    ("workers", "unread_by_all"),
    [
        ([READER], True),
        ([READER, Worker("b", Stage.UP, queues=("celery", "reports"))], False),
        ([READER, Worker("b", Stage.STARTING)], False),  # it has not said yet
        ([READER, Worker("b", Stage.EXITED, queues=("reports",))], True),
        ([Worker("a", Stage.EXITED, queues=("celery",))], False),
        ([], False),
    ],
)
def test_a_queue_is_unread_when_all_that_run_take_from_others(
    workers: list[Worker], unread_by_all: bool
):
    assert unread("reports", workers) is unread_by_all

"""What a worker says of itself, taken into what we know of it."""

from dataclasses import replace

import pytest

from core.tasks.facts import (
    BrokerBack,
    BrokerLost,
    Bye,
    Connecting,
    Fact,
    Failed,
    Hello,
    Importing,
    Note,
    Ready,
    Received,
    Rejected,
    Retried,
    Revoked,
    Settled,
    Started,
    StartFailed,
    Stopping,
    Succeeded,
    Unknown,
)
from core.workers.messages import Rung, Say
from core.workers.phase import RunningTask, Stage, Worker
from core.workers.policy import DEFAULT
from core.workers.reports import heard, told

STARTING = Worker("w", Stage.STARTING, "spawning", run=1, pid=7, heard_at=10.0)
UP = replace(STARTING, stage=Stage.UP, why="waits for tasks", up_since=10.0)
TASK = RunningTask("a1", "shop.add", 10.0)
RECEIVED = Received(
    0.0, "a1", "shop.add", "()", "{}", "celery", None, None, 0, "t", False, {}, {}, False
)
ENDS: list[Fact] = [
    Succeeded(0.0, "a1", "shop.add", 0.1, "3", None, None, ignored=False),
    Failed(0.0, "a1", "shop.add", 0.1, "ValueError()", None, None),
    Retried(0.0, "a1", "shop.add", "Busy()", None),
    Revoked(0.0, "a1", "shop.add", terminated=True, expired=False),
    Rejected(0.0, "a1", "shop.add", requeue=True),
]
HELLO = Hello(0.0, 8, "3.8.1", "5.2.7", "5.2.4", None, "w@HOST", None)
CONNECTING = Connecting(0.0, 12, ("celery",), "redis://h", "hub", 8)
NO_APP = StartFailed(0.0, "w cannot start", "no module", "check -A", final=True)


def after(worker: Worker, fact: Fact) -> Worker:
    return told(worker, fact, 10.5, DEFAULT)[0]


def said(worker: Worker, fact: Fact) -> tuple[Say, ...]:
    return told(worker, fact, 10.5, DEFAULT)[1]


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (HELLO, "Python 3.8.1, Celery 5.2.7"),
        (replace(HELLO, celery=None), "Python 3.8.1, Celery missing"),
        (Importing(0.0), "importing the app"),
        (CONNECTING, "connecting to redis://h, 12 tasks registered"),
        (NO_APP, "w cannot start: no module. check -A"),
    ],
)
def test_a_start_is_told_step_by_step(fact: Fact, why: str):
    worker = after(STARTING, fact)
    assert (worker.stage, worker.why) == (Stage.STARTING, why)


def test_the_queues_it_takes_from_are_those_it_names():
    assert after(STARTING, CONNECTING).queues == ("celery",)


def test_the_pid_is_that_of_the_interpreter_and_not_of_its_redirector():
    assert after(STARTING, HELLO).pid == 8


def test_a_hello_that_overtakes_the_news_of_its_process_leaves_the_pid_open():
    assert after(replace(STARTING, pid=None), HELLO).pid is None


@pytest.mark.parametrize("fact", [Ready(0.0), Started(0.0, "a1", "shop.add"), *ENDS])
def test_a_worker_is_up_once_it_says_so_or_runs_a_task(fact: Fact):
    worker = after(replace(STARTING, broker_error="refused"), fact)
    assert (worker.stage, worker.up_since, worker.broker_error) == (Stage.UP, 10.5, None)


def test_a_started_task_runs_since_now():
    assert after(UP, Started(0.0, "a1", "shop.add")).task == RunningTask("a1", "shop.add", 10.5)


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_the_running_task_leaves_the_worker_without_one(end: Fact):
    assert after(replace(UP, task=TASK), end).task is None


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_another_task_leaves_the_running_one(end: Fact):
    other = replace(TASK, id="b2")
    assert after(replace(UP, task=other), end).task == other


@pytest.mark.parametrize(
    "fact",
    [RECEIVED, Settled(0.0, "a1", "shop.add", "lost", None), Bye(0.0), Unknown(0.0, "later")],
)
def test_what_does_not_concern_the_worker_itself_changes_nothing(fact: Fact):
    assert told(UP, fact, 10.5, DEFAULT) == (UP, ())


def test_a_note_is_passed_on():
    assert said(UP, Note(0.0, "breakpoint()")) == (Say("breakpoint()"),)


def test_the_broker_comes_and_goes():
    lost = after(UP, BrokerLost(0.0, "refused"))
    assert lost.broker_error == "refused"
    assert after(lost, BrokerBack(0.0)).broker_error is None
    assert said(UP, BrokerLost(0.0, "refused")) == (Say("broker lost: refused"),)
    assert said(lost, BrokerLost(0.0, "refused")) == ()
    assert said(lost, BrokerBack(0.0)) == (Say("broker back"),)


def test_an_error_at_the_start_is_kept_for_the_words_of_the_end():
    assert after(STARTING, NO_APP).start_error == NO_APP
    assert after(STARTING, NO_APP).why == "w cannot start: no module. check -A"
    assert said(STARTING, NO_APP) == ()


def test_a_worker_that_leaves_by_itself_says_how():
    assert after(UP, Stopping(0.0, "control.shutdown")).leaving == "control.shutdown"


@pytest.mark.parametrize(
    "fact", [Ready(0.0), HELLO, CONNECTING, NO_APP, BrokerLost(0.0, "no"), Stopping(0.0, "asked")]
)
def test_a_worker_being_stopped_is_not_asked_how_it_feels(fact: Fact):
    stopping = replace(UP, stage=Stage.STOPPING, why="stop asked", wake_at=40.0)
    assert told(stopping, fact, 10.5, DEFAULT) == (stopping, ())


def test_a_worker_being_stopped_is_believed_about_its_task():
    stopping = replace(UP, stage=Stage.STOPPING, wake_at=40.0)
    begun = after(stopping, Started(0.0, "a1", "shop.add"))
    assert (begun.stage, begun.wake_at) == (Stage.STOPPING, 40.0)
    assert begun.task == RunningTask("a1", "shop.add", 10.5)
    assert after(begun, ENDS[0]).task is None


def test_a_killed_worker_gets_no_new_deadline_from_its_last_words():
    killed = replace(UP, stage=Stage.STOPPING, rung=Rung.KILL)
    assert after(killed, Started(0.0, "a1", "shop.add")).wake_at is None


def test_a_sign_of_life_ends_suspicion_and_renews_the_watch():
    worker = heard(replace(UP, quiet=True), 500.0, DEFAULT)
    assert (worker.quiet, worker.heard_at, worker.wake_at) == (False, 500.0, 560.0)


def test_signs_of_life_within_a_second_cost_nothing():
    assert heard(UP, 10.9, DEFAULT) is UP
    assert heard(UP, 11.0, DEFAULT).heard_at == 11.0

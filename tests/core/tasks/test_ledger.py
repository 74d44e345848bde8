"""Every task has one state and is counted once: histories in, states and counts out."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Literal

import pytest

from core.tasks.counts import Totals
from core.tasks.facts import (
    BrokerLost,
    Fact,
    Failed,
    Ready,
    Received,
    Rejected,
    Retried,
    Revoked,
    Settled,
    Started,
    Succeeded,
    TaskFact,
)
from core.tasks.ledger import Ledger
from core.tasks.task import FINAL, Attempt, Held, Task, TaskChanged


def received(at: float = 1.0, **given: Any) -> Received:
    fact = Received(
        at=at,
        id="a",
        name="shop.add",
        args="(1, 2)",
        kwargs="{}",
        queue="celery",
        eta=None,
        expires=None,
        retries=0,
        tag="tag-1",
        redelivered=False,
        headers={"lang": "py"},
        embed={"chain": []},
        acks_late=True,
    )
    return replace(fact, **given)


def started(at: float = 2.0, task_id: str = "a") -> Started:
    return Started(at, task_id, "shop.add")


def succeeded(at: float = 3.0, task_id: str = "a") -> Succeeded:
    return Succeeded(at, task_id, "shop.add", 0.5, "3", 10, 20, ignored=False)


def failed(at: float = 3.0) -> Failed:
    return Failed(at, "a", "shop.add", 0.5, "ValueError()", 10, 20)


def retried(at: float = 3.0) -> Retried:
    return Retried(at, "a", "shop.add", "Busy()", None)


def rejected(*, requeue: bool, at: float = 3.0) -> Rejected:
    return Rejected(at, "a", "shop.add", requeue=requeue)


def settled(state: Literal["failed", "requeued", "succeeded", "lost"]) -> Settled:
    outcome = {"failed": "WorkerLostError()", "succeeded": "3"}.get(state)
    return Settled(9.0, "a", "shop.add", state, outcome)


def told(ledger: Ledger, *facts: Fact, worker: str = "w1", run: int = 1) -> tuple[TaskChanged, ...]:
    """Apply facts of one run; the changes of the last."""
    changes: tuple[TaskChanged, ...] = ()
    for fact in facts:
        changes = ledger.apply(worker, run, fact, now=10.0)
    return changes


def a_sent_task() -> Ledger:
    ledger = Ledger()
    ledger.sent(["a"], "shop.add", now=1.0)
    return ledger


def the_task(ledger: Ledger) -> Task:
    task = ledger.task("a")
    assert task is not None
    return task


def states(ledger: Ledger) -> dict[str, int]:
    """The totals that are not zero."""
    totals = ledger.counts.totals()
    return {name: n for name in Totals.__slots__ if (n := getattr(totals, name))}


# --- One task's way ---


def test_a_sent_task_waits():
    ledger = Ledger()
    changes = ledger.sent(["a", "b"], "shop.add", now=1.0)
    assert [(c.id, c.state, c.worker) for c in changes] == [
        ("a", "sent", None),
        ("b", "sent", None),
    ]
    assert states(ledger) == {"sent": 2, "waiting": 2}


def test_a_task_goes_from_sent_to_succeeded():
    ledger = a_sent_task()
    changes = [told(ledger, fact) for fact in (received(), started(), succeeded())]
    assert [c.state for (c,) in changes] == ["received", "started", "succeeded"]
    assert changes[2] == (TaskChanged("a", "shop.add", "w1", "succeeded", 0.5, "3", None),)
    assert states(ledger) == {"sent": 1, "succeeded": 1}


def test_what_a_task_told_can_be_looked_up():
    ledger = a_sent_task()
    told(ledger, received(eta="2026-01-01T00:00:00"), started(), succeeded())
    assert the_task(ledger) == Task(
        id="a",
        name="shop.add",
        state="succeeded",
        worker="w1",
        ours=True,
        args="(1, 2)",
        kwargs="{}",
        queue="celery",
        eta="2026-01-01T00:00:00",
        expires=None,
        retries=0,
        runs=1,
        duplicate=False,
        seen_at=1.0,
        received_at=10.0,
        started_at=10.0,
        ended_at=10.0,
        orphaned_at=None,
        runtime_s=0.5,
        result="3",
        error=None,
        rss_before=10,
        rss_after=20,
    )


@pytest.mark.parametrize(
    ("end", "state", "error"),
    [
        (failed(), "failed", "ValueError()"),
        (rejected(requeue=False), "failed", "rejected, not requeued"),
        (Revoked(3.0, "a", "x", terminated=True, expired=False), "revoked", "terminated"),
        (Revoked(3.0, "a", "x", terminated=False, expired=True), "revoked", "expired"),
        (Revoked(3.0, "a", "x", terminated=False, expired=False), "revoked", "revoked"),
    ],
)
def test_each_other_end_has_its_state_and_reason(end: TaskFact, state: str, error: str):
    ledger = a_sent_task()
    told(ledger, received(), started(), end)
    assert (the_task(ledger).state, the_task(ledger).error) == (state, error)
    assert states(ledger) == {"sent": 1, state: 1}


def test_a_fact_that_concerns_no_task_changes_nothing():
    ledger = a_sent_task()
    assert told(ledger, Ready(1.0), BrokerLost(1.0, "refused")) == ()
    assert states(ledger) == {"sent": 1, "waiting": 1}


def test_a_task_that_was_never_seen_is_not_known():
    assert Ledger().task("a") is None


# --- Retries, rejects ---


def test_a_retry_is_not_final_and_keeps_the_task():
    ledger = a_sent_task()
    (change,) = told(ledger, received(), started(), retried())
    assert (change.state, change.worker, change.error) == ("retried", "w1", "Busy()")
    assert states(ledger) == {"sent": 1, "waiting": 1, "retried": 1}
    told(ledger, received(4.0, retries=1), started(5.0), succeeded(6.0), worker="w2")
    assert states(ledger) == {"sent": 1, "succeeded": 1, "retried": 1}
    assert (the_task(ledger).retries, the_task(ledger).runs) == (1, 2)
    assert (the_task(ledger).error, the_task(ledger).duplicate) == (None, False)


def test_executions_before_the_last_one_are_remembered_with_their_times():
    ledger = a_sent_task()
    for now, worker, fact in (
        (2.0, "w1", received()),
        (3.0, "w1", started()),
        (4.0, "w1", retried()),
        (7.0, "w2", received(4.0, retries=1)),
        (8.0, "w2", rejected(requeue=True, at=4.5)),
        (9.0, "w1", received(5.0, retries=1, redelivered=True)),
        (9.5, "w1", started(5.5)),
        (10.0, "w1", succeeded(6.0)),
    ):
        ledger.apply(worker, 1, fact, now)
    assert the_task(ledger).attempts == (
        Attempt("w1", 2.0, 3.0, 4.0, "retried", "Busy()"),
        Attempt("w2", 7.0, None, 8.0, "sent", None),
    )
    assert (the_task(ledger).received_at, the_task(ledger).started_at) == (9.0, 9.5)


def test_what_a_lost_worker_put_back_is_an_execution_too_and_they_are_bounded():
    ledger = a_sent_task()
    for run in range(1, 41):
        ledger.apply("w1", run, received(float(run), redelivered=run > 1), float(run))
        ledger.worker_gone("w1", run, run + 0.5)
        ledger.apply("w1", run, settled("requeued"), run + 0.6)
    attempts = the_task(ledger).attempts
    assert len(attempts) == 32
    assert attempts[-1] == Attempt("w1", 40.0, None, 40.6, "sent", None)


def test_a_duplicate_that_is_put_back_adds_nothing_to_a_finished_task():
    ledger = a_sent_task()
    told(ledger, received(), started(), succeeded())
    told(ledger, received(7.0, redelivered=True), retried(8.0), worker="w2")
    assert the_task(ledger).attempts == ()


def test_the_next_attempt_may_be_told_before_the_retry_that_made_it():
    ledger = a_sent_task()
    told(ledger, received(), started())
    told(ledger, received(3.5, retries=1), worker="w2")
    assert (the_task(ledger).state, the_task(ledger).worker) == ("started", "w1")
    told(ledger, retried())
    assert (the_task(ledger).state, the_task(ledger).worker) == ("received", "w2")


def test_a_retry_told_after_the_next_attempt_succeeded_is_counted_and_changes_nothing():
    ledger = a_sent_task()
    told(ledger, received(), started())
    told(ledger, received(4.0, retries=1), started(5.0), succeeded(6.0), worker="w2")
    assert told(ledger, retried()) == ()
    assert states(ledger) == {"sent": 1, "succeeded": 1, "retried": 1}
    assert (the_task(ledger).error, the_task(ledger).duplicate) == (None, False)


def test_a_requeued_reject_waits_again():
    ledger = a_sent_task()
    (change,) = told(ledger, received(), started(), rejected(requeue=True))
    assert (change.state, change.worker) == ("sent", None)
    told(ledger, received(4.0, redelivered=True), started(5.0), succeeded(6.0), worker="w2")
    assert states(ledger) == {"sent": 1, "succeeded": 1}


# --- Late, twice, out of order ---


def test_a_late_receipt_does_not_move_a_started_task_back():
    ledger = a_sent_task()
    assert told(ledger, started(), received()) == ()
    assert (the_task(ledger).state, the_task(ledger).args) == ("started", "(1, 2)")


def test_a_late_receipt_does_not_open_a_finished_task():
    ledger = a_sent_task()
    assert told(ledger, started(), succeeded(), received()) == ()
    assert the_task(ledger).args == "(1, 2)"
    assert ledger.worker_gone("w1", 1, now=20.0) == ()


def test_a_late_start_does_not_open_a_retried_task():
    ledger = a_sent_task()
    assert told(ledger, received(), retried(), started()) == ()
    assert the_task(ledger).state == "retried"


def test_a_late_receipt_of_an_earlier_attempt_keeps_the_details_of_the_later_one():
    ledger = a_sent_task()
    told(ledger, received(4.0, retries=1, args="new"), worker="w2")
    told(ledger, received(1.0, retries=0, args="old"))
    assert (the_task(ledger).retries, the_task(ledger).args) == (1, "new")


@pytest.mark.parametrize("end", [succeeded(), failed(), retried(), rejected(requeue=True)])
def test_an_end_told_twice_counts_once(end: TaskFact):
    ledger = a_sent_task()
    told(ledger, received(), started(), end)
    before = (states(ledger), ledger.counts.workers())
    assert told(ledger, end) == ()
    assert (states(ledger), ledger.counts.workers()) == before


def test_a_start_told_twice_is_one_run():
    ledger = a_sent_task()
    assert told(ledger, received(), started(), started()) == ()
    assert the_task(ledger).runs == 1


def test_a_second_execution_after_the_end_is_a_duplicate_and_counts_nowhere():
    ledger = a_sent_task()
    told(ledger, received(), started(), succeeded())
    changes = told(ledger, received(4.0, redelivered=True), started(5.0), failed(6.0), worker="w2")
    assert changes == ()
    assert (the_task(ledger).state, the_task(ledger).worker) == ("succeeded", "w1")
    assert (the_task(ledger).runs, the_task(ledger).duplicate) == (2, True)
    assert (ledger.counts.worker("w2").received, ledger.counts.worker("w2").failed) == (1, 0)
    assert states(ledger) == {"sent": 1, "succeeded": 1}


def test_two_executions_at_once_are_a_duplicate_when_the_second_ends():
    ledger = a_sent_task()
    told(ledger, received(), started())
    told(ledger, received(), started(), worker="w2")
    told(ledger, succeeded())
    assert not the_task(ledger).duplicate
    told(ledger, succeeded(), worker="w2")
    assert the_task(ledger).duplicate


def test_a_worker_may_receive_the_same_task_again_within_one_tick_of_its_clock():
    ledger = a_sent_task()
    told(ledger, received(3.0), started(3.0), retried(3.0), received(3.0, retries=1), started(3.0))
    assert the_task(ledger).state == "started"
    told(ledger, succeeded(3.0))
    assert states(ledger) == {"sent": 1, "succeeded": 1, "retried": 1}


def test_an_end_without_its_beginning_is_an_end():
    ledger = a_sent_task()
    told(ledger, succeeded())
    assert states(ledger) == {"sent": 1, "succeeded": 1}
    assert ledger.counts.worker("w1").received == 1


# --- Workers that die ---


def test_a_dead_worker_gives_back_what_it_held():
    ledger = a_sent_task()
    ledger.sent(["b"], "shop.add", now=1.0)
    told(ledger, received(), started(), received(id="b", tag=7, acks_late=False))
    headers, embed = {"lang": "py"}, {"chain": []}
    assert ledger.worker_gone("w1", 1, now=20.0) == (
        Held("a", "shop.add", "tag-1", headers, embed, acks_late=True, running=True),
        Held("b", "shop.add", 7, headers, embed, acks_late=False, running=False),
    )


def test_a_start_without_a_receipt_is_held_without_a_tag():
    ledger = a_sent_task()
    told(ledger, started())
    held = Held("a", "shop.add", None, {}, {}, acks_late=False, running=True)
    assert ledger.worker_gone("w1", 1, now=20.0) == (held,)


def test_a_worker_that_held_nothing_or_was_never_heard_of_gives_nothing():
    ledger = a_sent_task()
    told(ledger, received(), started(), succeeded())
    assert ledger.worker_gone("w1", 1, now=20.0) == ()
    assert ledger.worker_gone("w9", 1, now=20.0) == ()


def test_a_task_of_a_dead_worker_keeps_its_state_until_it_is_settled():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    assert states(ledger) == {"sent": 1, "running": 1}
    assert the_task(ledger).orphaned_at == 20.0
    assert ledger.worker_gone("w1", 1, now=25.0)[0].id == "a"
    assert the_task(ledger).orphaned_at == 20.0


@pytest.mark.parametrize(
    ("state", "error"), [("failed", "WorkerLostError()"), ("succeeded", None), ("lost", None)]
)
def test_a_settled_task_has_the_state_that_settlement_found(
    state: Literal["failed", "succeeded", "lost"], error: str | None
):
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    (change,) = told(ledger, settled(state))
    assert (change.state, change.worker, change.error) == (state, "w1", error)
    assert change.result == ("3" if state == "succeeded" else None)
    assert states(ledger) == {"sent": 1, state: 1}
    assert getattr(ledger.counts.worker("w1"), state) == 1
    assert the_task(ledger).orphaned_at is None


def test_a_requeued_task_waits_and_may_be_run_by_another():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    (change,) = told(ledger, settled("requeued"))
    assert (change.state, change.worker) == ("sent", None)
    told(ledger, received(30.0), started(31.0), succeeded(32.0), worker="w2")
    assert states(ledger) == {"sent": 1, "succeeded": 1}
    assert (the_task(ledger).runs, the_task(ledger).duplicate) == (2, False)
    assert ledger.counts.worker("w1").received == ledger.counts.worker("w2").received == 1


def test_a_task_may_reach_another_worker_before_its_settlement_is_told():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, received(30.0), worker="w2")
    assert (the_task(ledger).state, the_task(ledger).worker) == ("received", "w2")
    assert told(ledger, settled("requeued")) == ()
    assert (the_task(ledger).state, the_task(ledger).worker) == ("received", "w2")


def test_a_settlement_told_after_the_end_changes_nothing():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, received(30.0), started(31.0), succeeded(32.0), worker="w2")
    assert told(ledger, settled("requeued")) == ()
    assert told(ledger, settled("failed")) == ()
    assert states(ledger) == {"sent": 1, "succeeded": 1}


def test_a_settlement_told_twice_does_not_take_a_task_from_its_next_worker():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, settled("requeued"))
    told(ledger, received(30.0), started(31.0), worker="w2")
    assert told(ledger, settled("requeued")) == ()
    told(ledger, retried(32.0), worker="w2")
    assert told(ledger, settled("requeued")) == ()
    assert the_task(ledger).state == "retried"


def test_a_dead_run_receives_and_starts_nothing():
    ledger = a_sent_task()
    ledger.worker_gone("w1", 1, now=20.0)
    assert told(ledger, received(), started()) == ()
    assert (the_task(ledger).state, the_task(ledger).args) == ("sent", "(1, 2)")


def test_an_end_told_by_a_dead_run_is_an_end():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, succeeded())
    assert states(ledger) == {"sent": 1, "succeeded": 1}


def test_a_retry_told_twice_by_a_dead_run_counts_once():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, retried(), retried())
    assert states(ledger) == {"sent": 1, "waiting": 1, "retried": 1}


def test_the_next_run_of_a_worker_goes_on_with_its_counts():
    ledger = a_sent_task()
    ledger.sent(["b"], "shop.add", now=1.0)
    told(ledger, received(), started(), succeeded())
    ledger.worker_gone("w1", 1, now=20.0)
    told(ledger, received(id="b"), started(task_id="b"), succeeded(task_id="b"), run=2)
    assert ledger.counts.worker("w1").succeeded == 2
    assert len(ledger.counts.workers()) == 1


# --- Lost, and found ---


def test_a_task_given_up_is_lost_and_says_why():
    ledger = a_sent_task()
    told(ledger, received(), started())
    ledger.worker_gone("w1", 1, now=20.0)
    (change,) = ledger.mark_lost(["a", "unheard of"], "no broker", now=30.0)
    assert (change.state, change.worker, change.error) == ("lost", "w1", "no broker")
    assert states(ledger) == {"sent": 1, "lost": 1}
    assert ledger.mark_lost(["a"], "again", now=31.0) == ()
    assert ledger.worker_gone("w1", 1, now=32.0) == ()


def test_a_finished_task_cannot_be_lost():
    ledger = a_sent_task()
    told(ledger, succeeded())
    assert ledger.mark_lost(["a"], "no broker", now=30.0) == ()


@pytest.mark.parametrize(
    ("news", "state"),
    [
        (received(40.0), "received"),
        (started(40.0), "started"),
        (succeeded(40.0), "succeeded"),
        (retried(40.0), "retried"),
        (settled("requeued"), "sent"),
    ],
)
def test_a_lost_task_that_is_heard_of_is_not_lost(news: TaskFact, state: str):
    ledger = a_sent_task()
    ledger.mark_lost(["a"], "no broker", now=30.0)
    (change,) = told(ledger, news, worker="w2")
    assert change.state == state
    assert change.error == ("Busy()" if state == "retried" else None)
    assert "lost" not in states(ledger)


def test_a_lost_task_that_a_living_worker_still_has_is_found_when_it_starts():
    ledger = a_sent_task()
    told(ledger, received())
    ledger.mark_lost(["a"], "too slow", now=30.0)
    (change,) = told(ledger, started())
    assert change.state == "started"


# --- Whose tasks ---


def test_a_task_that_others_sent_counts_for_the_worker_only():
    ledger = Ledger()
    told(ledger, received(), started(), succeeded())
    assert states(ledger) == {}
    assert not the_task(ledger).ours
    assert ledger.counts.worker("w1").succeeded == 1


def test_a_task_that_a_worker_told_of_first_becomes_ours():
    ledger = Ledger()
    told(ledger, received(), started(), retried())
    assert ledger.sent(["a"], "shop.add", now=1.0) == ()
    assert states(ledger) == {"sent": 1, "waiting": 1, "retried": 1}


def test_a_task_sent_twice_is_one_task():
    ledger = a_sent_task()
    assert ledger.sent(["a"], "shop.add", now=2.0) == ()
    assert states(ledger) == {"sent": 1, "waiting": 1}


def test_a_task_whose_sending_failed_is_taken_out():
    ledger = a_sent_task()
    assert ledger.unsent(["a", "unheard of"]) == ("a",)
    assert states(ledger) == {}
    assert ledger.task("a") is None


def test_a_task_that_arrived_though_its_sending_failed_stays():
    ledger = a_sent_task()
    told(ledger, received())
    assert ledger.unsent(["a"]) == ()
    assert states(ledger) == {"sent": 1, "waiting": 1}


def test_a_message_without_a_name_gets_it_from_its_receipt():
    ledger = Ledger()
    told(ledger, replace(started(), name=""), received())
    assert the_task(ledger).name == "shop.add"


# --- Lists, bounds ---


def test_tasks_are_listed_newest_first_by_state_and_worker():
    ledger = Ledger()
    ledger.sent(["a", "b", "c"], "shop.add", now=1.0)
    told(ledger, received(), received(id="b"), started())
    told(ledger, received(id="c"), worker="w2")
    assert [task.id for task in ledger.tasks()] == ["c", "b", "a"]
    assert [task.id for task in ledger.tasks(limit=2)] == ["c", "b"]
    assert [task.id for task in ledger.tasks(states={"received"})] == ["c", "b"]
    assert [task.id for task in ledger.tasks(worker="w1")] == ["b", "a"]


def test_old_finished_tasks_are_forgotten_and_stay_in_the_counts():
    ledger = Ledger(keep=2)
    ledger.sent("abcd", "shop.add", now=1.0)
    told(ledger, *(succeeded(task_id=task_id) for task_id in "abc"))
    assert [task.id for task in ledger.tasks()] == ["d", "c", "b"]
    assert ledger.forgotten == 1
    assert states(ledger) == {"sent": 4, "waiting": 1, "succeeded": 3}


def test_a_finished_task_that_runs_again_is_not_forgotten_before_its_end():
    ledger = Ledger(keep=1)
    ledger.sent("abcd", "shop.add", now=1.0)
    told(ledger, succeeded(), received(4.0, redelivered=True), started(5.0))
    told(ledger, succeeded(task_id="b"), succeeded(task_id="c"))
    assert ledger.task("a") is not None
    told(ledger, succeeded(6.0))
    assert states(ledger) == {"sent": 4, "waiting": 1, "succeeded": 3}


def test_a_task_that_was_found_again_is_not_forgotten_for_having_been_lost():
    ledger = Ledger(keep=1)
    ledger.sent("ab", "shop.add", now=1.0)
    ledger.mark_lost(["a"], "no broker", now=2.0)
    told(ledger, received(), succeeded(task_id="b"))
    assert the_task(ledger).state == "received"
    assert ledger.forgotten == 0


def test_a_task_that_ended_twice_is_forgotten_once():
    ledger = Ledger(keep=2)
    ledger.sent("abcd", "shop.add", now=1.0)
    ledger.mark_lost(["a"], "no broker", now=2.0)
    told(ledger, *(succeeded(task_id=task_id) for task_id in "abcd"))
    assert [task.id for task in ledger.tasks()] == ["d", "c"]
    assert ledger.forgotten == 2
    assert states(ledger) == {"sent": 4, "succeeded": 4}


# --- The books, over random histories ---


def check(ledger: Ledger, sent: int) -> None:
    """The two invariants, against a recount of everything."""
    totals, tasks = ledger.counts.totals(), ledger.tasks()
    ours = Counter(task.state for task in tasks if task.ours)
    waiting = ours["sent"] + ours["received"] + ours["retried"]
    ends = (ours["succeeded"], ours["failed"], ours["revoked"], ours["lost"])
    assert totals.sent == sent == waiting + ours["started"] + sum(ends)
    assert (totals.waiting, totals.running) == (waiting, ours["started"])
    assert (totals.succeeded, totals.failed, totals.revoked, totals.lost) == ends
    for counts in ledger.counts.workers():
        its = Counter(task.state for task in tasks if task.worker == counts.name)
        assert (counts.succeeded, counts.failed) == (its["succeeded"], its["failed"])
        assert (counts.revoked, counts.lost) == (its["revoked"], its["lost"])
        assert counts.running == its["started"]
        assert counts.received >= sum(its[state] for state in FINAL)


def _any_fact(random: Random, task_id: str) -> TaskFact:
    at, flag = random.randrange(20), random.random() < 0.5
    fact = random.choice(
        [
            received(retries=random.randrange(3), redelivered=flag),
            started(),
            succeeded(),
            failed(),
            retried(),
            rejected(requeue=flag),
            Revoked(0.0, "a", "shop.add", terminated=flag, expired=False),
            settled(random.choice(["failed", "requeued", "succeeded", "lost"])),
        ]
    )
    return replace(fact, at=float(at), id=task_id)


@pytest.mark.parametrize("seed", range(40))
def test_the_books_balance_whatever_is_told(seed: int):
    for history in range(50):
        random, ledger, ours = Random(f"{seed} {history}"), Ledger(), set[str]()
        for now in range(40):
            task_id, worker, run = random.choice("abcd"), random.choice("uvw"), random.randrange(3)
            match random.randrange(10):
                case 0:
                    ledger.sent([task_id], "shop.add", now)
                    ours.add(task_id)
                case 1:
                    ours.difference_update(ledger.unsent([task_id]))
                case 2:
                    ledger.worker_gone(worker, run, now)
                case 3:
                    ledger.mark_lost([task_id], "silence", now)
                case _:
                    ledger.apply(worker, run, _any_fact(random, task_id), now)
            check(ledger, len(ours))


# --- A small world whose truth is known ---


@dataclass
class Message:
    id: str
    retries: int = 0
    tag: int = 0
    redelivered: bool = False


@dataclass
class Process:
    """One worker process: its messages (the first may run), its unread telemetry."""

    name: str
    run: int = 1
    messages: list[Message] = field(default_factory=list[Message])
    running: bool = False
    pipe: list[TaskFact] = field(default_factory=list[TaskFact])
    last_read: TaskFact | None = None
    lost_messages: bool = False


class World:
    """A broker, three workers and a bridge, with every fault that the ledger must stand."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ledger = Ledger()
        self.clock = 0.0
        self.sent = 0
        self.queue: list[Message] = []
        self.workers = [Process(name) for name in ("w1", "w2", "w3")]
        self.bridge: list[tuple[str, int, Settled]] = []
        self.results: dict[str, set[str]] = {}
        self.retries = 0
        self.told: set[tuple[str, str]] = set()

    def send(self) -> None:
        self.sent += 1
        task_id = f"t{self.sent}"
        self.ledger.sent([task_id], "shop.add", self.clock)
        if self.random.random() < 0.1:
            self.sent -= len(self.ledger.unsent([task_id]))
        else:
            self.queue.append(Message(task_id))
            self.results[task_id] = set()

    def take(self, worker: Process) -> None:
        if self.queue:
            message = self.queue.pop(self.random.randrange(len(self.queue)))
            message.tag += 1
            worker.messages.append(message)
            fact = received(retries=message.retries, redelivered=message.redelivered)
            self.tell(worker, replace(fact, id=message.id, tag=message.tag, acks_late=True))

    def start(self, worker: Process) -> None:
        if worker.messages and not worker.running:
            worker.running = True
            self.tell(worker, started(task_id=worker.messages[0].id))

    def end(self, worker: Process, kind: int) -> None:
        if not worker.running:
            return
        message, worker.running = worker.messages.pop(0), False
        facts = (succeeded(), failed(), retried(), rejected(requeue=True))
        fact = facts[min(kind, 3)]
        if isinstance(fact, Retried):
            self.queue.append(Message(message.id, message.retries + 1, message.tag))
            self.retries += 1
        elif isinstance(fact, Rejected):
            self.queue.append(replace(message, redelivered=True))
        else:
            self.results[message.id].add("succeeded" if kind == 0 else "failed")
        self.tell(worker, replace(fact, id=message.id))

    def tell(self, worker: Process, fact: TaskFact) -> None:
        worker.pipe.append(replace(fact, at=self.clock))
        if self.random.random() < 0.1:
            worker.pipe.append(worker.pipe[-1])  # told twice
        if len(worker.pipe) > 1 and self.random.random() < 0.1:
            a, b = worker.pipe[-2:]
            if (a.id, type(a), type(b)) == (b.id, Received, Started):
                worker.pipe[-2:] = [b, a]  # two threads of one worker wrote at once

    def read(self, worker: Process, lines: int) -> None:
        for fact in worker.pipe[:lines]:
            self.ledger.apply(worker.name, worker.run, fact, self.clock)
            worker.last_read = fact
            self.told.add((worker.name, fact.id))
        del worker.pipe[:lines]

    def lose_broker(self, worker: Process) -> None:
        """The worker's unacknowledged messages go back; what it runs, it runs to the end."""
        for message in worker.messages:
            self.queue.append(replace(message, redelivered=True))
        worker.lost_messages |= len(worker.messages) > worker.running
        del worker.messages[worker.running :]

    def kill(self, worker: Process) -> None:
        """Its unread lines are read, but for one that it had no time to write."""
        if worker.pipe and self.random.random() < 0.3:
            lost = worker.pipe.pop()
            untold = lost not in (*worker.pipe, worker.last_read)
            self.retries -= isinstance(lost, Retried) and untold
        self.read(worker, len(worker.pipe))
        held = self.ledger.worker_gone(worker.name, worker.run, self.clock)
        for message in worker.messages:
            if not (worker.running and message is worker.messages[0]):
                self.queue.append(replace(message, redelivered=True))
        for each in held:
            self.bridge.append((worker.name, worker.run, self.settle(worker, each)))
        if worker.running and worker.messages[0].id not in {each.id for each in held}:
            self.queue.append(replace(worker.messages[0], redelivered=True))  # in an hour
        worker.messages, worker.running, worker.run = [], False, worker.run + 1
        worker.lost_messages = False

    def settle(self, worker: Process, held: Held) -> Settled:
        fact = replace(settled("requeued"), id=held.id)
        if not worker.running or worker.messages[0].id != held.id:
            done = self.results[held.id]
            return replace(fact, state=min(done)) if done and held.running else fact
        if self.random.random() < 0.5:
            self.results[held.id].add("failed")
            return replace(fact, state="failed", exception="WorkerLostError()")
        self.queue.append(replace(worker.messages[0], redelivered=True))
        return fact

    def step(self) -> None:
        self.clock += self.random.choice([0.0, 1.0])
        worker = self.random.choice(self.workers)
        match self.random.randrange(14):
            case 0 | 1:
                self.send()
            case 2 | 3:
                self.take(worker)
            case 4 | 5:
                self.start(worker)
            case 6 | 7 | 8:
                self.end(worker, self.random.randrange(4))
            case 9 | 10 | 11:
                self.read(worker, self.random.randrange(4))
            case 12:
                self.random.choice([self.kill, self.lose_broker])(worker)
            case _:
                self.hear_bridge(self.random.randrange(3))

    def hear_bridge(self, answers: int) -> None:
        for name, run, fact in self.bridge[:answers]:
            self.ledger.apply(name, run, fact, self.clock)
        del self.bridge[:answers]

    def calm_down(self) -> None:
        """No more faults: everything is read, run and told."""
        while self.queue or any(worker.messages for worker in self.workers):
            for worker in self.workers:
                self.clock += 1.0
                self.take(worker)
                self.start(worker)
                self.end(worker, 0)
        for worker in self.workers:
            self.read(worker, len(worker.pipe))
        self.hear_bridge(len(self.bridge))


@pytest.mark.parametrize("seed", range(20))
def test_every_task_ends_as_it_truly_did_whatever_went_wrong_on_the_way(seed: int):
    for history in range(50):
        world = World(Random(f"{seed} {history}"))
        for _ in range(80):
            world.step()
            check(world.ledger, world.sent)
        world.calm_down()
        check(world.ledger, world.sent)
        totals = world.ledger.counts.totals()
        assert (totals.open, totals.lost, totals.retried) == (0, 0, world.retries)
        for task_id, results in world.results.items():
            task = world.ledger.task(task_id)
            assert task is not None
            assert task.state in results
        for worker in world.workers:
            told = {task_id for name, task_id in world.told if name == worker.name}
            assert world.ledger.counts.worker(worker.name).received == len(told)
            held = world.ledger.worker_gone(worker.name, worker.run, world.clock)
            assert worker.lost_messages or not held


def test_what_waits_in_a_queue_is_told_oldest_first():
    ledger = Ledger()
    ledger.sent(["b", "a", "c", "d"], "shop.add", now=1.0)
    told(ledger, received(id="b"), received(), started(), retried())
    told(ledger, received(id="others"), rejected(requeue=True), received(id="d"))
    assert ledger.waiting() == {"a": "shop.add", "c": "shop.add"}

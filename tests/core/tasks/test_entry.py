"""The ledger's own record of a task: who holds its message, and what that makes of it."""

from dataclasses import replace

import pytest

from core.tasks.counts import WorkerTally
from core.tasks.entry import Entry
from core.tasks.facts import Failed, Received, Rejected, Revoked, Succeeded
from core.tasks.holders import Delivery, Run
from core.tasks.task import TaskChanged

RECEIPT = Received(
    5.0, "a", "shop.add", "(1,)", "{}", "celery", "eta", "exp", 0, "t", False, {}, {}, False
)


def an_entry(name: str = "shop.add") -> Entry:
    return Entry("a", name, 1.0, ours=True)


def a_run(name: str, *, gone: bool = False, running: bool = False) -> Run:
    run = Run(WorkerTally(name), 1, 9.0 if gone else None)
    run.held["a"] = Delivery(None, running=running)
    return run


LIVING, DEAD = a_run("living"), a_run("dead", gone=True)
LIVING_RUNNER, DEAD_RUNNER = a_run("runner", running=True), a_run("dying", gone=True, running=True)


def test_a_task_that_nobody_holds_is_where_it_was_left():
    entry = an_entry()
    assert entry.place() == ("sent", None)
    entry.idle = ("retried", LIVING)
    assert entry.place() == ("retried", LIVING)


@pytest.mark.parametrize(
    ("holders", "state", "run"),
    [
        ((LIVING,), "received", LIVING),
        ((DEAD_RUNNER,), "started", DEAD_RUNNER),
        ((LIVING_RUNNER, LIVING), "started", LIVING_RUNNER),
        ((LIVING, LIVING_RUNNER), "started", LIVING_RUNNER),
        ((DEAD_RUNNER, LIVING), "received", LIVING),
        ((LIVING, DEAD_RUNNER), "received", LIVING),
        ((DEAD_RUNNER, DEAD), "started", DEAD_RUNNER),
    ],
)
def test_the_best_holder_gives_the_state(holders: tuple[Run, ...], state: str, run: Run):
    entry = an_entry()
    entry.holders = holders
    assert entry.place() == (state, run)


def test_among_equals_a_task_is_with_the_last_that_got_it():
    entry, later = an_entry(), a_run("later")
    entry.holders = (LIVING, later)
    assert entry.place() == ("received", later)


@pytest.mark.parametrize(
    ("verdict", "stands"), [(None, False), ("lost", False), ("failed", True), ("revoked", True)]
)
def test_every_verdict_but_lost_stands(verdict: str | None, stands: bool):
    entry = an_entry()
    entry.verdict = verdict  # type: ignore[assignment]
    assert entry.settled is stands


def test_news_takes_back_lost_and_its_reason_and_no_other_verdict():
    entry = an_entry()
    entry.verdict, entry.error, entry.ended_at = "lost", "no broker", 5.0
    entry.revive()
    assert (entry.verdict, entry.error, entry.ended_at) == (None, None, None)
    entry.verdict, entry.error = "failed", "ValueError()"
    entry.revive()
    assert (entry.verdict, entry.error) == ("failed", "ValueError()")


def test_what_is_older_than_the_end_told_by_the_same_run_is_late():
    entry = an_entry()
    entry.close(LIVING, 5.5)
    assert entry.is_late(LIVING, RECEIPT)
    assert entry.is_late_start(LIVING, 5.0)
    assert not entry.is_late(LIVING, replace(RECEIPT, at=5.5))
    assert not entry.is_late_start(LIVING, 5.5)
    assert not entry.is_late_start(DEAD, 5.0)


def test_a_receipt_of_a_further_delivery_is_never_late():
    entry = an_entry()
    entry.close(LIVING, 5.5)
    assert not entry.is_late(LIVING, replace(RECEIPT, redelivered=True))
    assert not entry.is_late(LIVING, replace(RECEIPT, retries=1))


def test_an_end_is_repeated_when_the_same_run_told_it_even_with_other_ends_in_between():
    entry = an_entry()
    entry.close(LIVING, 5.5)
    entry.close(DEAD, 7.0)
    assert entry.is_repeated(LIVING, 5.5)
    assert not entry.is_repeated(LIVING, 5.6)
    entry.close(LIVING, 8.0)
    assert entry.is_repeated(LIVING, 8.0)


def test_only_the_last_eight_runs_that_ended_it_are_remembered():
    entry = an_entry()
    for number in range(20):
        entry.close(Run(WorkerTally("w"), number, None), 1.0)
    assert [key for key, _ in entry.closed] == [("w", number) for number in range(12, 20)]


def test_a_receipt_tells_the_details_of_the_latest_attempt():
    entry = an_entry(name="")
    entry.describe(replace(RECEIPT, retries=1))
    entry.describe(replace(RECEIPT, args="old"))
    assert (entry.name, entry.args, entry.kwargs, entry.queue) == (
        "shop.add",
        "(1,)",
        "{}",
        "celery",
    )
    assert (entry.eta, entry.expires, entry.retries) == ("eta", "exp", 1)


@pytest.mark.parametrize(
    ("fact", "state", "result", "error"),
    [
        (Succeeded(1.0, "a", "x", 0.5, "3", 1, 2, ignored=False), "succeeded", "3", None),
        (Failed(1.0, "a", "x", 0.5, "ValueError()", 1, 2), "failed", None, "ValueError()"),
        (Revoked(1.0, "a", "x", terminated=True, expired=False), "revoked", None, "terminated"),
        (Revoked(1.0, "a", "x", terminated=False, expired=True), "revoked", None, "expired"),
        (Revoked(1.0, "a", "x", terminated=False, expired=False), "revoked", None, "revoked"),
        (Rejected(1.0, "a", "x", requeue=False), "failed", None, "rejected, not requeued"),
    ],
)
def test_an_end_gives_the_verdict_and_its_reason(
    fact: Succeeded | Failed | Revoked | Rejected, state: str, result: str | None, error: str | None
):
    entry = an_entry()
    entry.error = "of an earlier attempt"
    assert entry.learn(fact) == state
    assert (entry.result, entry.error) == (result, error)


def test_a_change_names_the_worker_if_there_is_one():
    entry = an_entry()
    assert entry.change() == TaskChanged("a", "shop.add", None, "sent", None, None, None)
    entry.state, entry.run = "started", LIVING_RUNNER
    assert entry.change() == TaskChanged("a", "shop.add", "runner", "started", None, None, None)


def test_a_task_with_a_dead_run_is_an_orphan_until_its_verdict():
    entry = an_entry()
    entry.holders, entry.state, entry.run = (DEAD_RUNNER,), "started", DEAD_RUNNER
    assert (entry.view().worker, entry.view().orphaned_at) == ("dying", 9.0)
    entry.verdict = "failed"
    assert entry.view().orphaned_at is None

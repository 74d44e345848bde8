"""How many tasks are in which state, derived from every move of a task."""

from core.tasks.counts import Counts, Totals, WorkerCounts

NOTHING = Totals(sent=0, waiting=0, running=0, succeeded=0, failed=0, revoked=0, lost=0, retried=0)


def test_nothing_happened_yet():
    assert Counts().totals() == NOTHING
    assert Counts().workers() == ()


def test_a_task_of_ours_is_counted_where_it_is():
    counts = Counts()
    tally = counts.tally("w1")
    counts.claimed("sent", retried=0)
    assert (counts.totals().sent, counts.totals().waiting, counts.totals().open) == (1, 1, 1)
    counts.moved(True, ("sent", None), ("started", tally))
    assert (counts.totals().waiting, counts.totals().running, counts.totals().open) == (0, 1, 1)
    assert counts.worker("w1").running == 1
    counts.moved(True, ("started", tally), ("failed", tally))
    assert (counts.totals().failed, counts.totals().open, counts.totals().sent) == (1, 0, 1)
    assert (counts.worker("w1").running, counts.worker("w1").failed) == (0, 1)


def test_a_task_that_goes_back_to_its_queue_is_with_nobody():
    counts = Counts()
    tally = counts.tally("w1")
    counts.claimed("sent", retried=0)
    counts.moved(True, ("sent", None), ("started", tally))
    counts.moved(True, ("started", tally), ("sent", None))
    assert (counts.totals().waiting, counts.worker("w1").running) == (1, 0)


def test_a_task_of_others_counts_for_its_worker_only():
    counts = Counts()
    counts.moved(False, ("sent", None), ("succeeded", counts.tally("w1")))
    assert counts.totals() == NOTHING
    assert counts.worker("w1").succeeded == 1


def test_a_task_that_was_not_sent_after_all_is_not_counted():
    counts = Counts()
    counts.claimed("sent", retried=0)
    counts.unclaimed("sent")
    assert counts.totals() == NOTHING


def test_a_retry_counts_for_the_worker_and_for_us_if_the_task_is_ours():
    counts = Counts()
    counts.retried(True, counts.tally("w1"))
    counts.retried(False, counts.tally("w1"))
    assert (counts.worker("w1").retried, counts.totals().retried) == (2, 1)


def test_a_task_that_turns_out_to_be_ours_brings_its_retries():
    counts = Counts()
    counts.claimed("retried", retried=2)
    assert (counts.totals().waiting, counts.totals().retried) == (1, 2)


def test_workers_come_in_the_order_of_their_first_task():
    counts = Counts()
    counts.tally("w2")
    counts.tally("w1").received += 1
    assert [each.name for each in counts.workers()] == ["w2", "w1"]


def test_a_worker_without_tasks_has_only_zeros():
    zeros = WorkerCounts(
        "w9", received=0, succeeded=0, failed=0, retried=0, revoked=0, lost=0, running=0
    )
    assert Counts().worker("w9") == zeros

"""The runs of workers, and the messages that each of them has."""

from core.tasks.counts import Counts
from core.tasks.facts import Received
from core.tasks.holders import Delivery, Runs
from core.tasks.task import Held

RECEIPT = Received(
    1.0, "a", "shop.add", "()", "{}", "celery", None, None, 0, "t", False, {"h": 1}, {"e": 2}, True
)


def test_a_message_is_handed_to_settlement_with_all_it_needs():
    held = Held("a", "shop.add", "t", {"h": 1}, {"e": 2}, acks_late=True, running=True)
    assert Delivery(RECEIPT, running=True).held("a", "shop.add") == held


def test_a_message_known_by_its_start_only_has_no_tag():
    held = Held("a", "shop.add", None, {}, {}, acks_late=False, running=True)
    assert Delivery(None, running=True).held("a", "shop.add") == held


def test_a_run_is_one_object_while_it_lives():
    runs = Runs(Counts())
    run = runs.get("w1", 1)
    assert runs.get("w1", 1) is run
    assert (run.key, run.gone_at) == (("w1", 1), None)


def test_runs_of_one_worker_share_its_counts():
    counts = Counts()
    runs = Runs(counts)
    assert runs.get("w1", 1).tally is runs.get("w1", 2).tally is counts.tally("w1")


def test_a_run_that_is_gone_is_kept_while_it_holds_something():
    runs = Runs(Counts())
    run = runs.get("w1", 1)
    run.held["a"] = Delivery(RECEIPT, running=False)
    assert runs.gone("w1", 1, now=5.0) is run
    assert runs.gone("w1", 1, now=6.0).gone_at == 5.0
    run.held.clear()
    runs.tidy(run)
    assert runs.get("w1", 1) is not run


def test_a_run_that_is_over_never_lives_again():
    runs = Runs(Counts())
    runs.gone("w1", 3, now=5.0)
    assert [runs.get("w1", number).gone_at for number in (1, 3, 4)] == [5.0, 5.0, None]


def test_an_older_run_that_is_told_gone_later_does_not_reopen_the_newer_one():
    runs = Runs(Counts())
    runs.gone("w1", 3, now=5.0)
    runs.gone("w1", 2, now=6.0)
    assert runs.get("w1", 3).gone_at is not None


def test_a_living_run_is_not_tidied_away():
    runs = Runs(Counts())
    run = runs.get("w1", 1)
    runs.tidy(run)
    assert runs.get("w1", 1) is run


def test_what_a_run_that_is_gone_had_is_held_until_it_is_settled():
    runs = Runs(Counts())
    runs.get("w1", 1).held["a"] = Delivery(RECEIPT, running=False)
    gone = runs.get("w2", 1)
    gone.held["b"] = Delivery(RECEIPT, running=False)
    runs.gone("w2", 1, now=5.0)
    assert runs.held() == {"a", "b"}
    gone.held.clear()
    runs.tidy(gone)
    assert runs.held() == {"a"}

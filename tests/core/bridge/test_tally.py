"""Heartbeats give away which events were missed, without false alarm."""

import pytest

from core.bridge.tally import Missed, Tally
from core.tasks.facts import Received, Settled, Started, Succeeded
from core.workers.foreign import Beat

NOTHING = Missed(0, ())


def begin(tally: Tally, *ids: str) -> None:
    for task_id in ids:
        tally.heard(Started(0.0, task_id, "shop.add"))


def end(tally: Tally, *ids: str) -> None:
    for task_id in ids:
        tally.heard(Succeeded(0.0, task_id, "shop.add", 0.1, "3", None, None, ignored=False))


def beat(processed: int | None, active: int | None = 0) -> Beat:
    return Beat(0.0, "5.7.0", active, processed)


@pytest.fixture(params=[True, False], ids=["hub", "windows"])
def tally(request: pytest.FixtureRequest) -> Tally:
    return Tally(hub=request.param)


def test_nothing_is_missed_when_all_was_heard(tally: Tally) -> None:
    assert tally.compare(beat(0)) is None
    begin(tally, "a", "b")
    end(tally, "a", "b")
    assert tally.compare(beat(2)) == NOTHING
    assert tally.compare(beat(2)) == NOTHING


def test_a_heartbeat_may_overtake_events(tally: Tally) -> None:
    tally.compare(beat(0))
    assert tally.compare(beat(1)) == NOTHING
    begin(tally, "a")
    end(tally, "a")
    assert tally.compare(beat(1)) == NOTHING


def test_tasks_of_which_nothing_was_heard_are_counted(tally: Tally) -> None:
    tally.compare(beat(0))
    begin(tally, "a")
    end(tally, "a")
    assert tally.compare(beat(4)) == NOTHING
    assert tally.compare(beat(4)) == Missed(3, ())
    assert tally.compare(beat(4)) == Missed(3, ())


def test_a_process_that_is_first_heard_late_has_missed_its_past(tally: Tally) -> None:
    tally.compare(beat(7))
    assert tally.compare(beat(7)) == Missed(7, ())


def test_a_task_whose_end_was_missed_is_told_until_it_is_found(tally: Tally) -> None:
    begin(tally, "a")
    tally.compare(beat(1))
    assert tally.compare(beat(1)) == Missed(1, ("a",))
    assert tally.compare(beat(1)) == Missed(1, ("a",))
    tally.heard(Settled(0.0, "a", "shop.add", "succeeded", None))
    assert tally.compare(beat(1)) == Missed(1, ())


def test_a_receipt_begins_nothing(tally: Tally) -> None:
    tally.heard(
        Received(0.0, "a", "shop.add", "", "", None, None, None, 0, None, False, {}, {}, False)
    )
    tally.compare(beat(0))
    assert tally.compare(beat(0)) == NOTHING


def test_a_heartbeat_without_numbers_tells_nothing(tally: Tally) -> None:
    tally.compare(beat(5))
    assert tally.compare(beat(None, None)) is None
    assert tally.compare(beat(5)) == Missed(5, ())


def test_on_windows_a_task_runs_on_over_heartbeats() -> None:
    tally = Tally(hub=False)
    begin(tally, "a")
    tally.compare(beat(1, active=1))
    assert tally.compare(beat(1, active=1)) == NOTHING


def test_on_windows_the_older_task_is_the_one_that_ended() -> None:
    tally = Tally(hub=False)
    begin(tally, "a", "b")
    tally.compare(beat(2, active=1))
    assert tally.compare(beat(2, active=1)) == Missed(1, ("a",))


def test_on_the_hub_nothing_runs_at_a_heartbeat_whatever_it_says() -> None:
    tally = Tally(hub=True)
    begin(tally, "a")
    tally.compare(beat(1, active=1))
    assert tally.compare(beat(1, active=1)) == Missed(1, ("a",))

"""What heartbeats and events of somebody else's worker say about it, together and apart."""

from dataclasses import replace

import pytest

from core.workers.foreign import (
    OFFLINE_S,
    Beat,
    Digest,
    Foreign,
    Presence,
    aged,
    with_beat,
    with_digest,
    with_offline,
)

NEW = Foreign("w1@far", 7, since=0.0, heard_at=0.0)


def beat(processed: int | None, active: int | None = 0, every_s: float | None = 2.0) -> Beat:
    return Beat(1.0, "5.7.0", active, processed, every_s)


def heard(*told: int | tuple[int, int], worker: Foreign = NEW) -> Foreign:
    """Each is a heartbeat, `processed`; or starts heard: in all, and up to the last heartbeat."""
    for each in told:
        if isinstance(each, int):
            worker = with_beat(worker, beat(each), 0.0)
        else:
            started, by_beat = each
            digest = Digest(received=started, started=started, by_beat=by_beat)
            worker = with_digest(worker, digest, 0.0)
    return worker


def test_a_heartbeat_says_who_it_is_and_how_much_it_has_done() -> None:
    worker = with_beat(NEW, beat(12, 1), 5.0)
    assert (worker.celery, worker.processed, worker.active) == ("5.7.0", 12, 1)
    assert (worker.heard_at, worker.presence, worker.host) == (5.0, Presence.ONLINE, "far")
    assert worker.evidence(5.0) == "pid 7, Celery 5.7.0"


def test_a_worker_that_is_silent_for_three_heartbeats_is_late_and_may_be_busy() -> None:
    worker = with_beat(NEW, beat(0), 0.0)
    assert aged(worker, 6.0) == worker
    late = aged(worker, 8.0)
    assert late.presence is Presence.LATE
    assert late.evidence(8.0) == "silent for 8 s; on Linux a solo worker is while it is busy"


def test_its_own_interval_between_heartbeats_counts() -> None:
    assert aged(with_beat(NEW, beat(0, every_s=30.0), 0.0), 80.0).presence is Presence.ONLINE


def test_long_silence_is_offline_until_it_is_heard_again() -> None:
    worker = aged(with_beat(NEW, beat(0), 0.0), OFFLINE_S)
    assert worker.presence is Presence.OFFLINE
    assert worker.evidence(OFFLINE_S) == "silent for 120 s"
    assert aged(worker, 500.0) == worker
    assert with_beat(worker, beat(0), 200.0).presence is Presence.ONLINE


def test_the_event_of_a_task_is_a_sign_of_life_too() -> None:
    late = aged(with_beat(NEW, beat(0), 0.0), 9.0)
    assert with_digest(late, Digest(received=1), 9.0).presence is Presence.ONLINE


def test_the_same_counts_again_are_no_sign_of_life() -> None:
    late = aged(with_beat(NEW, beat(0), 0.0), 9.0)
    assert with_digest(late, Digest(), 9.0) == late


def test_a_worker_that_takes_its_leave_is_offline_at_once() -> None:
    worker = with_offline(with_beat(NEW, beat(0), 0.0), 1.0)
    assert (worker.presence, worker.evidence(50.0)) == (Presence.OFFLINE, "it said that it leaves")
    assert with_beat(worker, beat(0), 60.0).left is False


def test_all_events_heard_means_none_missed() -> None:
    worker = heard(0, (0, 0), 0, (5, 0), 4, (8, 5), 8, (8, 8), 8)
    assert (worker.events, worker.missed) == (True, 0)


def test_what_was_done_before_our_time_is_not_missed() -> None:
    worker = heard(100, (3, 1), 102, (9, 3), 108)
    assert (worker.events, worker.before, worker.missed) == (True, 99, 0)


def test_starts_that_were_not_heard_are_missed() -> None:
    worker = heard(0, (0, 0), 0, (5, 0), 8, (5, 5), 8, (5, 5), 8)
    assert worker.missed == 3


def test_what_is_missing_at_one_look_only_was_a_race() -> None:
    worker = heard(0, (0, 0), 0, (5, 0), 6, (6, 5), 6)
    assert worker.missed == 0
    assert heard((6, 6), 6, worker=worker).missed == 0


def test_a_flood_does_not_hide_what_was_missed() -> None:
    worker = heard(0, (100, 0), 150, (1100, 100), 1150, (2100, 1100), 2150)
    assert worker.missed == 50


def test_ends_that_were_not_heard_are_missed_too() -> None:
    worker = with_digest(NEW, Digest(received=2, started=2, unended=1), 0.0)
    assert worker.missed == 1


def test_a_worker_without_task_events_is_known_by_what_it_counts() -> None:
    worker = heard(0, 0)
    assert worker.events is None
    worker = heard(4, 4, worker=worker)
    assert (worker.events, worker.processed, worker.missed) == (False, 4, 0)


def test_task_events_that_are_enabled_later_count_from_then_on() -> None:
    worker = heard(0, 0, 4, 4, 6, (1, 0), 8, (3, 1), 9)
    assert (worker.events, worker.missed) == (True, 0)
    worker = heard((3, 3), 9, (3, 3), 9, worker=worker)
    assert worker.missed == 0


def test_the_answer_to_a_broadcast_has_no_numbers_and_changes_none() -> None:
    worker = heard(4)
    answered = with_beat(worker, Beat(2.0, None, None, None), 3.0)
    assert answered == replace(worker, heard_at=3.0)


@pytest.mark.parametrize(
    "digest",
    [Digest(received=1), Digest(started=1), Digest(succeeded=1), Digest(revoked=1)],
)
def test_any_event_of_a_task_is_one(digest: Digest) -> None:
    assert not digest.is_empty
    assert Digest(by_beat=0).is_empty

"""Workers of others, in words."""

from core.workers.foreign import Digest, Foreign, Presence, TaskNow
from desktop.run.foreign_rows import ForeignRow, Heading, foreign_lines, foreign_rows

IDLE = Foreign("celery@PC-7", 7, 0.0, 100.0, events=True, digest=Digest(succeeded=12, failed=1))


def row(**fields: object) -> ForeignRow:
    values = {each: getattr(IDLE, each) for each in Foreign.__slots__} | fields
    (made,) = foreign_rows([Foreign(**values)], (), 104.0, 1004.0)
    return made


def test_an_idle_one_is_told_with_its_host_and_what_it_has_done() -> None:
    assert row() == ForeignRow("celery@PC-7", "on PC-7: idle", 12, 1)
    assert row().sentence == "celery: Not ours, on PC-7: idle; 12 done, 1 failed"


def test_what_it_runs_is_told_with_its_age() -> None:
    now = (TaskNow("id", "images.thumbnail", 1000.0),)
    assert row(digest=Digest(running=1, now=now)).detail == "on PC-7: images.thumbnail, 4 s"
    assert row(digest=Digest(running=3, now=now)).detail.endswith("4 s and 2 more")
    assert row(active=2).detail == "on PC-7: runs 2 tasks"


def test_what_nobody_can_know_is_not_counted() -> None:
    silent = row(events=False, processed=40, active=0)
    assert (silent.done, silent.failed) == (None, None)
    assert silent.detail == "on PC-7: idle, 40 tasks begun; without -E it tells no more"


def test_lateness_and_leave_have_their_evidence() -> None:
    assert row(presence=Presence.LATE).detail.startswith("on PC-7: late, silent for 4 s")
    gone = row(presence=Presence.OFFLINE, left=True)
    assert gone.detail == "on PC-7: offline, it said that it leaves"


def test_missed_events_are_told() -> None:
    assert row(unheard=3).detail == "on PC-7: idle; 3 events missed"


def test_who_only_answered_is_there_too() -> None:
    rows = foreign_rows([IDLE], ("celery@PC-7", "other@box"), 104.0, 1004.0)
    assert [each.node for each in rows] == ["celery@PC-7", "other@box"]
    assert rows[1].detail == "on box: answered when we came; nobody watches it"


def test_a_heading_warns_of_shared_queues() -> None:
    assert foreign_lines([], {"celery"}) == []
    heading, _ = foreign_lines([row()], ())
    assert isinstance(heading, Heading)
    assert (heading.name, heading.alarming) == ("Not ours: 1 worker", False)
    heading, *_ = foreign_lines([row(), row()], {"mail", "celery"})
    assert isinstance(heading, Heading)
    assert heading.alarming
    assert heading.more == "they take from celery, mail too: your tasks may go there"

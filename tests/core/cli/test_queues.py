"""Queues, listed."""

from collections.abc import Callable
from dataclasses import replace

from core.bridge.queues import Queue, Queues, SetAside
from core.cli.queues import queue_lines, taken_by

CELERY = Queue(
    name="celery",
    declared=True,
    bound=True,
    waiting=1234,
    priorities=((0, 1200), (3, 0), (6, 30), (9, 4)),
    unacked=3,
    oldest_unacked_s=75.0,
    consumers=("worker1@box", "worker2@box", "worker3@box"),
    consumer_count=None,
)
REPORTS = replace(
    CELERY,
    name="reports",
    waiting=0,
    priorities=((0, 0), (3, 0), (6, 0), (9, 0)),
    unacked=0,
    oldest_unacked_s=None,
    consumers=(),
)
RABBIT = replace(REPORTS, waiting=7, priorities=None, unacked=None, bound=None, consumer_count=2)


def text(*queues: Queue, unacked: int | None = 4, aside: tuple[SetAside, ...] = ()) -> str:
    seen = Queues(queues, unacked, 75.0, aside)
    return "".join(f"{line}\n" for line in queue_lines(seen))


def test_queues_with_priorities_have_a_column_for_each(golden: Callable[[str, str], None]) -> None:
    shown = text(CELERY, REPORTS, aside=(SetAside("old", "t", 5),))
    golden("queues.txt", shown)
    assert max(map(len, shown.splitlines()[:-1])) <= 80


def test_priorities_that_nobody_uses_take_no_room() -> None:
    header, *_ = text(REPORTS).splitlines()
    assert header.split() == ["queue", "waiting", "unacked", "oldest", "taken", "by"]


def test_what_a_broker_does_not_tell_is_unknown() -> None:
    _, row, *_ = text(RABBIT, unacked=None).splitlines()
    assert row.split() == ["reports", "7", "unknown", "-", "2", "consumers"]
    shown = text(replace(RABBIT, waiting=None), RABBIT, unacked=None)
    assert "7 messages waiting, as far as known\n" in shown


def test_no_queue_at_all_is_told() -> None:
    assert "declares no queue" in text()


def test_those_who_take_from_a_queue_are_named_while_they_are_few() -> None:
    assert taken_by(replace(REPORTS, consumers=("a@b", "c@d"))) == "a@b, c@d"
    assert taken_by(CELERY) == "worker1@box and 2 more"
    assert taken_by(REPORTS) == "nobody who answers"

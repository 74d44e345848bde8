"""Queues, tasks, results, the log, memory: row by row."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.bridge.calls import QueueLengths
from core.render.api.series import Sample, Series
from core.render.verifying.delivery import (
    log_finding,
    memory_finding,
    queue_for,
    queues_finding,
    results_finding,
    seconds_between,
    tasks_finding,
)
from core.render.verifying.report import Errand, Sure

AT = datetime(2026, 11, 20, tzinfo=UTC)
SENT = Errand("id-1", "celery.accumulate", "celery", AT)
RAN = replace(SENT, received_at=AT + timedelta(seconds=1), succeeded_at=AT, kept=True)


def waiting(**counts: int) -> QueueLengths:
    return QueueLengths(counts, 0, None)


def series(*values: float) -> list[Series]:
    return [Series((), "MB", tuple(Sample(AT, value) for value in values))]


def test_tasks_that_a_worker_does_not_know_are_named() -> None:
    finding = tasks_finding(["a", "b"], {"w@x": ["a", "b [rate_limit=1/s]"], "v@x": ["a"]})
    assert (finding.sure, finding.what) == (Sure.FAILED, "v@x does not know b")
    assert tasks_finding(["a"], {"w@x": ["a", "z"]}).sure is Sure.PROVED
    assert tasks_finding(["a"], {}).sure is Sure.UNKNOWN


@pytest.mark.parametrize(
    ("errand", "before", "after", "sure"),
    [
        (RAN, waiting(celery=0), waiting(celery=0), Sure.PROVED),
        (RAN, waiting(celery=9), waiting(celery=4), Sure.PROVED),
        (RAN, waiting(celery=4), waiting(celery=9), Sure.FAILED),
        (SENT, waiting(celery=4), waiting(celery=4), Sure.FAILED),
        (RAN, waiting(celery=0), waiting(celery=0, mail=3), Sure.FAILED),
    ],
    ids=["empty", "shrinks", "grows", "stands", "deserted"],
)
def test_a_queue_drains_when_it_does_not_grow(
    errand: Errand, before: QueueLengths, after: QueueLengths, sure: Sure
) -> None:
    assert queues_finding(errand, before, after, ["celery"]).sure is sure


@pytest.mark.parametrize(
    ("errand", "keeps", "error", "sure"),
    [
        (RAN, True, None, Sure.PROVED),
        (replace(RAN, kept=False), True, None, Sure.FAILED),
        (RAN, False, None, Sure.FAILED),
        (RAN, True, "no ssl_cert_reqs", Sure.FAILED),
        (SENT, True, None, Sure.UNKNOWN),
    ],
)
def test_results_can_be_read_when_what_was_sent_comes_back(
    errand: Errand, keeps: bool, error: str | None, sure: Sure
) -> None:
    assert results_finding(errand, keeps, error).sure is sure


def test_a_log_without_the_task_is_a_fault_where_it_should_have_it() -> None:
    assert log_finding(replace(RAN, line="Task ..."), True).sure is Sure.PROVED
    assert log_finding(RAN, True).sure is Sure.FAILED
    assert log_finding(RAN, False).sure is Sure.UNKNOWN


def test_memory_is_held_against_its_limit() -> None:
    assert memory_finding("jobs", series(100, 300), series(512)).sure is Sure.PROVED
    assert memory_finding("jobs", series(500), series(512)).sure is Sure.FAILED
    assert memory_finding("jobs", [], series(512)).sure is Sure.UNKNOWN


def test_the_queue_is_one_that_all_take_from_and_the_emptiest() -> None:
    assert queue_for([["a", "b"], ["b", "c"]], {}) == "b"
    assert queue_for([["a", "b"]], {"a": 5, "b": 1}) == "b"
    assert queue_for([["a"], ["c"]], {}) == "a"
    assert queue_for([[]], {}) == "celery"


def test_clocks_that_differ_make_no_negative_time() -> None:
    assert seconds_between(AT, AT - timedelta(seconds=5)) == 0
    assert seconds_between(AT, None) is None

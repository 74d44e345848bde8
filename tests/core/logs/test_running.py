"""A solo worker's log gives away which task it runs."""

import pytest

from core.logs.running import running_task

START = "[2026-11-24 14:50:54,302: INFO/MainProcess] w1@box ready."
RECEIVED = "[2026-11-24 14:50:55,348: INFO/MainProcess] Task shop.add[a-1] received"
OTHER = "[2026-11-24 14:50:55,348: INFO/MainProcess] Task shop.add[b-2] received"


def said(what: str) -> str:
    return f"[2026-11-24 14:50:56,350: INFO/MainProcess] Task shop.add[a-1] {what}"


ENDS = [
    "succeeded in 0.0027s: 3",
    "raised unexpected: ValueError('boom')",
    "raised expected: ValueError('boom')",
    "retry: Retry in 3s",
    "ignored",
    "rejected",
    "INTERNAL ERROR: ValueError('boom')",
]


def test_the_task_received_last_runs() -> None:
    assert running_task([START, RECEIVED, "napping", "  "]) == ("a-1", "shop.add")


@pytest.mark.parametrize("end", ENDS)
def test_a_task_that_ended_does_not_run(end: str) -> None:
    assert running_task([RECEIVED, said(end), "Traceback (most recent call last):"]) is None


def test_the_end_of_one_task_says_nothing_of_the_next() -> None:
    assert running_task([RECEIVED, said(ENDS[0]), OTHER]) == ("b-2", "shop.add")


def test_colours_and_words_around_do_not_matter() -> None:
    assert running_task([f"\x1b[1;32m{RECEIVED}\x1b[0m"]) == ("a-1", "shop.add")


@pytest.mark.parametrize("lines", [[], [START], ["12:00 worker says: Task shop.add[a-1] received"]])
def test_another_log_tells_nothing(lines: list[str]) -> None:
    assert running_task(lines) is None


def test_what_a_task_logs_is_not_taken_for_the_worker() -> None:
    words = "[2026-11-24 14:50:56,350: INFO/MainProcess] shop.add[a-1]: Task b[c] of d"
    assert running_task([RECEIVED, words]) == ("a-1", "shop.add")

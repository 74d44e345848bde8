"""Answers of workers, as text."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from core.cli.answers import QUESTIONS, answer_lines, masked

TASK = {"id": "a1", "name": "shop.add", "args": [1, 2], "kwargs": {"y": 2}, "time_start": None}
ANSWERS: dict[str, Any] = {
    "registered": ["shop.nap", "shop.add [rate_limit=5/s]"],
    "active": [{**TASK, "time_start": time.time() + 1e6}],  # by a clock that is ahead
    "reserved": [TASK],
    "scheduled": [{"eta": "2026-11-25T21:56:47+00:00", "priority": 6, "request": TASK}],
    "revoked": ["b2", "a1"],
    "stats": {"pid": 7, "pool": {"implementation": "x:TaskPool", "processes": [1, 2]}, "total": {}},
    "conf": {"broker_url": "redis://:***@far/0", "include": ["shop"], "timezone": "UTC"},
    "ping": {"ok": "pong"},
    "active_queues": [
        {"name": "q", "exchange": {"name": "", "type": "direct"}, "routing_key": "q"}
    ],
    "query_task": {"a1": ["reserved", TASK]},
    "report": {"ok": "\nsoftware -> celery:5.7.0\nplatform -> Linux\n"},
    "clock": {"clock": 12},
}


def test_every_question_has_a_form(golden: Callable[[str, str], None]) -> None:
    assert ANSWERS.keys() == QUESTIONS.keys()
    golden(
        "answers.txt",
        "".join(
            f"{what}\n" + "".join(f"{line}\n" for line in answer_lines(what, reply))
            for what, reply in ANSWERS.items()
        ),
    )


@pytest.mark.parametrize("what", QUESTIONS)
def test_nothing_is_none(what: str) -> None:
    assert list(answer_lines(what, [])) == ["    none"]


def test_long_arguments_are_cut() -> None:
    _, line = answer_lines("reserved", [{**TASK, "args": "x" * 1000}])
    assert line.endswith("…")
    assert len(line) < 220


def test_secrets_are_masked_wherever_they_are() -> None:
    conf = {
        "broker_url": "redis://me:hunter2@far/0",
        "broker_transport_options": {"sentinel_kwargs": {"password": "hunter2"}},
        "urls": ["https://:hunter2@x/"],
        "S3_SECRET_KEYS": ["hunter2"],
        "task_default_routing_key": "celery",
        "total": {"shop.reset_password": 3},
        "empty_token": None,
    }
    shown = masked(conf)
    assert "hunter2" not in str(shown)
    assert shown["broker_url"] == "redis://me:***@far/0"
    assert shown["task_default_routing_key"] == "celery"
    assert shown["total"] == {"shop.reset_password": 3}
    assert shown["empty_token"] is None

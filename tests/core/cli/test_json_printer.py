"""What programs see."""

import json
from dataclasses import replace
from typing import Any

import pytest

from core.changes import (
    BrokerKnown,
    Change,
    Diagnosed,
    ForeignChanged,
    LogGrew,
    RowChanged,
    Said,
    TasksUnsent,
    UsageSampled,
    WorkerChanged,
    WorkerRemoved,
)
from core.cli.json_printer import JsonPrinter
from core.cli.summary import Summary
from core.errors import FleetError
from core.known.table import diagnose
from core.tasks.counts import Totals
from core.tasks.task import TaskChanged
from core.workers.foreign import Digest, Foreign, Presence
from core.workers.phase import RunningTask, Stage, Worker
from tests.support.screen import FakeSource, Screen

NODE = "worker1@box"
TASK = RunningTask("t1", "add", 0.0)


class Shown:
    """A printer with its screen."""

    def __init__(self, *, logs: bool = False) -> None:
        self.source = FakeSource()
        self.screen = Screen()
        self.printer = JsonPrinter(self.screen.terminal, logs=logs)

    def show(self, *changes: Change) -> list[dict[str, Any]]:
        for change in changes:
            self.printer.show(change, self.source)
        return [json.loads(line) for line in self.screen.out.splitlines()]


@pytest.fixture
def shown() -> Shown:
    return Shown()


def test_a_broker_line_says_where_it_is_and_whose(shown: Shown) -> None:
    assert shown.show(BrokerKnown("redis://h:6379/0", False, "the project's broker", 0.4)) == [
        {
            "kind": "broker",
            "url": "redis://h:6379/0",
            "builtin": False,
            "latency_ms": 0.4,
            "label": "the project's broker",
        }
    ]


def test_a_worker_line_comes_with_each_state_once_it_has_a_process(shown: Shown) -> None:
    steps = (
        Worker(NODE, Stage.STARTING, why="spawning"),
        Worker(NODE, Stage.STARTING, why="spawning", pid=7),
        Worker(NODE, Stage.STARTING, why="importing", pid=7),
        Worker(NODE, Stage.UP, why="waits for tasks", pid=7),
        Worker(NODE, Stage.UP, pid=7, task=TASK),
        Worker(NODE, Stage.UP, why="waits for tasks", pid=7),
        Worker(NODE, Stage.EXITED, why="ended normally (code 0)"),
    )
    lines = shown.show(*map(WorkerChanged, steps))
    assert [(line["state"], line["pid"], line["reason"]) for line in lines] == [
        ("starting", 7, "spawning"),
        ("ready", 7, "waits for tasks"),
        ("exited", None, "ended normally (code 0)"),
    ]
    assert {(line["kind"], line["name"]) for line in lines} == {("worker", NODE)}


def test_a_worker_that_left_the_fleet_has_a_line_too(shown: Shown) -> None:
    assert shown.show(WorkerRemoved(NODE)) == [
        {"kind": "worker", "name": NODE, "pid": None, "state": "removed", "reason": ""}
    ]


def test_a_task_line_has_all_that_is_known(shown: Shown) -> None:
    assert shown.show(TaskChanged("t1", "add", NODE, "succeeded", 0.1, "'Grüße'", None)) == [
        {
            "kind": "task",
            "id": "t1",
            "name": "add",
            "worker": NODE,
            "state": "succeeded",
            "runtime_s": 0.1,
            "result": "'Grüße'",
            "error": None,
        }
    ]
    assert shown.screen.out.isascii()


def test_log_lines_come_on_request_as_they_are(shown: Shown) -> None:
    asking = Shown(logs=True)
    for each in (shown, asking):
        each.source.store.append(b"\x1b[31mone\ntwo\n")
    grew = LogGrew(NODE, 0, 1, 0)
    assert shown.show(grew) == []
    assert asking.show(grew) == [
        {"kind": "log", "worker": NODE, "text": "\x1b[31mone"},
        {"kind": "log", "worker": NODE, "text": "two"},
    ]


def test_words_go_to_standard_error(shown: Shown) -> None:
    assert shown.show(Said(None, "a note"), Said(NODE, "broker back")) == []
    assert shown.screen.err == "solofleet: a note\nworker1@box: broker back\n"


def test_an_error_is_a_line_and_words(shown: Shown) -> None:
    shown.printer.error(FleetError("what", "why", "fix"))
    assert shown.show() == [{"kind": "error", "what": "what", "why": "why", "fix": "fix"}]
    assert shown.screen.err == "error: what\n  why: why\n  fix: fix\n"


def test_the_summary_is_one_line(shown: Shown) -> None:
    sums = Totals(0, 0, 0, 0, 0, 0, 0, 0)
    shown.printer.summary(Summary((), sums, 3, 0, None, 1.0, lossy=False))
    (line,) = shown.show()
    assert (line["kind"], line["workers"], line["log_lines"]) == ("summary", [], 3)


def test_tasks_that_did_not_go_out_after_all_are_taken_back(shown: Shown) -> None:
    assert shown.show(TasksUnsent(("a", "b"))) == [{"kind": "unsent", "ids": ["a", "b"]}]


def test_a_row_has_lines_of_its_own_kind(shown: Shown) -> None:
    steps = (
        Worker("web", Stage.STARTING, pid=8, why="spawning"),
        Worker("web", Stage.UP, pid=8, why="port 8000 listens"),
    )
    assert shown.show(*map(RowChanged, steps)) == [
        {"kind": "row", "name": "web", "pid": 8, "state": "starting", "reason": "spawning"},
        {"kind": "row", "name": "web", "pid": 8, "state": "ready", "reason": "port 8000 listens"},
    ]


def test_a_known_error_is_a_line_of_its_own(shown: Shown) -> None:
    error = diagnose("MemoryError")
    assert error is not None
    (line,) = shown.show(Diagnosed(NODE, error, 7, 1))
    assert line["kind"] == "known_error"
    assert (line["worker"], line["id"], line["times"]) == (NODE, "memory", 1)
    assert line["cause"] and line["fix"] and line["link"].startswith("https://")


def test_a_worker_of_others_has_a_line_when_its_state_changes(shown: Shown) -> None:
    there = Foreign("w1@far", 7, 0.0, 0.0, celery="5.7.0", processed=4, active=1)
    busy = replace(there, processed=9, digest=Digest(received=5, started=5, succeeded=4))
    late = replace(busy, presence=Presence.LATE, events=True)
    first, second = shown.show(*map(ForeignChanged, (there, busy, late)))
    assert first == {
        **{"kind": "foreign", "name": "w1@far", "pid": 7, "state": "online"},
        **{"reason": "pid 7, Celery 5.7.0", "celery": "5.7.0", "processed": 4, "active": 1},
        **{"events": None, "missed": 0, "received": 0, "started": 0, "succeeded": 0},
        **{"failed": 0, "retried": 0, "revoked": 0, "rejected": 0},
    }
    assert (second["state"], second["events"], second["processed"]) == ("late", True, 9)
    assert (second["received"], second["succeeded"]) == (5, 4)


def test_what_workers_use_is_left_to_the_summary() -> None:
    assert Shown().show(UsageSampled(())) == []

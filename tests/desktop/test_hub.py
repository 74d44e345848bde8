"""Many changes, few signals."""

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from core.changes import (
    BrokerKnown,
    LogGrew,
    RowChanged,
    Said,
    TasksUnsent,
    WorkerChanged,
    WorkerRemoved,
)
from core.tasks.task import State, TaskChanged
from core.workers.phase import Stage, Worker
from desktop.hub import Hub


def moved(task_id: str, state: State) -> TaskChanged:
    return TaskChanged(task_id, "proj.add", "w1@box", state, None, None, None)


def heard(hub: Hub) -> list[tuple[str, Any]]:
    """Every signal from now on, with what it has."""
    told: list[tuple[str, Any]] = []
    for name in (
        *("workers_changed", "logs_grew", "tasks_changed", "tasks_unsent"),
        *("said", "broker_known", "turned"),
    ):
        getattr(hub, name).connect(lambda what, name=name: told.append((name, what)))
    return told


def test_a_burst_becomes_one_signal_of_each_kind(qtbot: QtBot) -> None:
    hub = Hub()
    told = heard(hub)
    with qtbot.waitSignal(hub.logs_grew):
        for number in range(1000):
            hub.take(LogGrew("w1@box", number, number, 0))
            hub.take(moved("a", "started"))
            hub.take(WorkerChanged(Worker("w2@box")))
        hub.take(moved("a", "succeeded"))
        hub.take(moved("b", "sent"))
        assert told == []
    names = [name for name, _ in told]
    assert names == ["turned", "workers_changed", "tasks_changed", "logs_grew"]
    assert dict(told) == {
        "turned": (Worker("w2@box"),),
        "workers_changed": frozenset({"w2@box"}),
        "tasks_changed": {"a": moved("a", "succeeded"), "b": moved("b", "sent")},
        "logs_grew": frozenset({"w1@box"}),
    }


def test_words_are_told_one_by_one_and_in_order() -> None:
    hub = Hub()
    told = heard(hub)
    hub.take(Said(None, "one"))
    hub.take(Said("w1@box", "two"))
    hub.take(BrokerKnown("redis://", True, "Valkey", None))
    hub.flush()
    assert [(name, getattr(what, "text", "")) for name, what in told] == [
        ("broker_known", ""),
        ("said", "one"),
        ("said", "two"),
    ]


def test_who_is_gone_and_what_was_not_sent_are_told_too() -> None:
    hub = Hub()
    told = heard(hub)
    hub.take(WorkerRemoved("w1@box"))
    hub.take(RowChanged(Worker("web")))
    hub.take(TasksUnsent(("a", "b")))
    hub.flush()
    assert told == [
        ("turned", (Worker("web"),)),
        ("workers_changed", frozenset({"w1@box", "web"})),
        ("tasks_unsent", frozenset({"a", "b"})),
    ]


def test_nothing_is_told_twice_and_nothing_when_nothing_came(qtbot: QtBot) -> None:
    hub = Hub()
    hub.take(Said(None, "one"))
    hub.flush()
    told = heard(hub)
    with qtbot.assertNotEmitted(hub.said, wait=100):
        hub.flush()
    assert told == []


def test_no_turn_of_a_worker_is_lost_in_a_burst() -> None:
    hub = Hub()
    told = heard(hub)
    up = Worker("w1@box", Stage.UP, run=1)
    crashed, again = replace(up, stage=Stage.CRASHED), replace(up, stage=Stage.STARTING, run=2)
    for worker in (up, replace(up, heard_at=1.0), crashed, again):
        hub.take(WorkerChanged(worker))
    hub.flush()
    assert dict(told)["turned"] == (up, crashed, again)

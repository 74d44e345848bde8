"""Everybody who is there is asked, and who falls silent is named."""

from collections.abc import Mapping
from typing import Any

from core.bridge.calls import Calls
from core.bridge.roll_call import Roll, call_roll


class Workers:
    """A host whose workers answer by table: `answers[question][node]`."""

    def __init__(self, **answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Any]] = []

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        assert kind == "inspect"
        nodes, told = fields["destination"], self.answers[fields["what"]]
        self.asked.append((fields["what"], nodes))
        return {"replies": {node: told[node] for node in told if nodes is None or node in nodes}}


async def rolled(workers: Workers, *questions: str, **how: Any) -> Roll:
    return await call_roll(Calls(workers), questions, **how)  # type: ignore[arg-type]


PONG = {"ok": "pong"}


async def test_who_is_there_is_found_out_first_and_then_asked_by_name() -> None:
    workers = Workers(ping={"b": PONG, "a": PONG}, active={"a": [1], "b": []})
    roll = await rolled(workers, "active")
    assert workers.asked == [("ping", None), ("active", ["a", "b"])]
    assert roll.answers("active") == {"a": [1], "b": []}
    assert roll.silent == {}


async def test_ping_is_asked_once() -> None:
    workers = Workers(ping={"a": PONG})
    assert (await rolled(workers, "ping")).answers("ping") == {"a": PONG}
    assert len(workers.asked) == 1


async def test_who_falls_silent_is_named_and_asked_no_more() -> None:
    workers = Workers(ping={"a": PONG, "b": PONG}, active={"a": []}, stats={"a": {}, "b": {}})
    roll = await rolled(workers, "active", "stats", timeout_s=0.5)
    assert roll.silent == {"b": "it answered ping, but not active within 0.5 s"}
    assert workers.asked[-1] == ("stats", ["a"])
    assert roll.answers("ping").keys() == {"a", "b"}


async def test_a_command_that_failed_in_a_worker_is_no_answer() -> None:
    error = "RuntimeError('dictionary changed size during iteration')"
    workers = Workers(ping={"a": PONG}, active={"a": {"error": error}}, stats={"a": {}})
    roll = await rolled(workers, "active", "stats")
    assert roll.silent == {"a": f"asked for active it failed: {error}"}
    assert (roll.answers("active"), roll.answers("stats")) == ({}, {"a": {}})


async def test_a_destination_that_is_not_there_is_silent() -> None:
    workers = Workers(ping={"a": PONG})
    roll = await rolled(workers, "active", nodes=["b"])
    assert roll.silent == {"b": "it gave no answer to ping within 1 s"}
    assert workers.asked == [("ping", ["b"])]


async def test_ids_go_with_the_question_that_is_about_them() -> None:
    workers = Workers(ping={"a": PONG}, query_task={"a": {}}, active={"a": []})
    told: list[Any] = []
    call = workers.call

    async def noting(kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        told.append((fields["what"], fields["ids"]))
        return await call(kind, deadline_s=deadline_s, **fields)

    workers.call = noting  # type: ignore[method-assign]
    await rolled(workers, "query_task", "active", ids=["t"])
    assert told == [("ping", []), ("query_task", ["t"]), ("active", [])]

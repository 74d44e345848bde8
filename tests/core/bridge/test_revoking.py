"""What each task was doing before a revoke, and what became of it."""

import time
from collections.abc import Mapping
from typing import Any

import pytest

from core.bridge.calls import Calls
from core.bridge.revoking import Fate, Revoked, revoke

NODE = "w1@box"


class Broker:
    """A worker that has `tasks` (state, info); messages elsewhere are in `where`.

    It `hears` of revokes, and with `ends` ends what is terminated, telling its state or nothing.
    """

    def __init__(self, tasks: Mapping[str, Any] | None = None, **where: Any) -> None:
        self.tasks = dict(tasks or {})
        self.where = {"waiting": [], "out": [], "ended": {}, "missing": [], **where}
        self.scheduled: list[Any] = []
        self.present = self.hears = True
        self.ends: str | None = None
        self.revoked: list[str] = []
        self.asked: list[Mapping[str, Any]] = []
        self.results: dict[str, Any] = {}

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        match kind:
            case "inspect":
                return {"replies": {NODE: self._told(fields["what"])} if self.present else {}}
            case "survey":
                return {"queues": [{"name": "q"}]}
            case "whereabouts":
                assert fields["queues"] == ["q"]
                return self.where
            case "results":
                return {"results": self.results}
            case _:
                self._revoke(**fields)
                return {}

    def _told(self, what: str) -> Any:
        answers = {"query_task": self.tasks, "scheduled": self.scheduled, "revoked": self.revoked}
        return answers.get(what, [])

    def _revoke(self, ids: list[str], **how: Any) -> None:
        self.asked.append(how)
        if self.hears:
            self.revoked += ids
        if how["terminate"] and self.ends is not None:
            for task_id in ids:
                self.tasks.pop(task_id, None)
                if self.ends:
                    self.results[task_id] = {"state": self.ends}


async def fate(broker: Broker, *, terminate: bool = False) -> Fate:
    (only,) = (await revoked(broker, "a", terminate=terminate)).tasks
    return only


async def revoked(broker: Broker, *ids: str, terminate: bool = False) -> Revoked:
    calls = Calls(broker)  # type: ignore[arg-type]
    return await revoke(calls, ids, terminate=terminate, timeout_s=0, poll_s=0)


def having(state: str, since: float | None = None) -> dict[str, Any]:
    return {"a": (state, {"name": "tasky.nap", "time_start": since})}


async def test_a_running_task_runs_on_unless_it_is_terminated() -> None:
    told = await fate(Broker(having("active", time.time() - 5)))
    assert (told.was, told.became, told.name, told.worker) == (
        *("running", "runs on"),
        *("tasky.nap", NODE),
    )
    assert told.for_s is not None and told.for_s >= 5


@pytest.mark.parametrize(
    ("ends", "became"),
    [("REVOKED", "terminated"), ("", "terminated"), ("SUCCESS", "ended"), (None, "runs on")],
)
async def test_a_task_that_is_terminated_is_watched_to_its_end(
    ends: str | None, became: str
) -> None:
    broker = Broker(having("active", time.time()))
    broker.ends = ends
    assert (await fate(broker, terminate=True)).became == became
    assert broker.asked == [{"terminate": True, "signal": "SIGTERM"}]


@pytest.mark.parametrize("state", ["reserved", "scheduled"])
async def test_what_a_worker_has_not_begun_is_not_begun(state: str) -> None:
    assert await fate(Broker(having(state))) == Fate(
        "a",
        state,
        "revoked",
        name="tasky.nap",
        worker=NODE,  # type: ignore[arg-type]
    )


async def test_older_workers_tell_of_what_is_scheduled_in_another_answer() -> None:
    broker = Broker(having("ready"))
    broker.scheduled = [{"eta": "soon", "request": {"id": "a", "name": "tasky.add"}}]
    assert (await fate(broker)).was == "scheduled"


async def test_what_waits_is_skipped_by_all_who_heard() -> None:
    assert await fate(Broker(waiting=["a"])) == Fate("a", "waiting", "revoked")


@pytest.mark.parametrize("present", [True, False])
async def test_a_worker_that_does_not_confirm_it_is_no_confirmation(present: bool) -> None:
    broker = Broker(waiting=["a"])
    broker.hears, broker.present = False, present
    told = await revoked(broker, "a")
    assert told.tasks == (Fate("a", "waiting", "unheard"),)
    assert told.workers == ((NODE,) if present else ())


async def test_what_is_with_a_silent_worker_is_not_confirmed() -> None:
    assert await fate(Broker(out=["a"])) == Fate("a", "held", "unheard")


async def test_what_had_ended_is_told_with_its_state() -> None:
    broker = Broker(ended={"a": {"state": "SUCCESS", "result": "3"}})
    assert await fate(broker) == Fate("a", "ended", "ended", state="SUCCESS")


async def test_what_nobody_knows_is_unknown_and_the_order_is_that_asked() -> None:
    told = await revoked(Broker(having("reserved"), missing=["b"]), "b", "a")
    assert [(each.id, each.became) for each in told.tasks] == [("b", "unknown"), ("a", "revoked")]

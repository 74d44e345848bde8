"""Queues with who takes from them."""

from collections.abc import Mapping
from typing import Any

import pytest

from core.bridge.calls import Calls
from core.bridge.queues import Queue, Queues, SetAside, see_queues
from core.errors import USAGE, FleetError


def queue(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "name": name,
        "declared": False,
        "bound": False,
        "waiting": 0,
        "priorities": [[0, 0], [3, 0]],
        "unacked": 0,
        "oldest_unacked_s": None,
        "consumers": None,
        **fields,
    }


class Host:
    """Two workers that take from `q`; the queues are those of `queues`."""

    def __init__(self, *queues: Mapping[str, Any]) -> None:
        self.queues = queues
        self.names: list[str] = []

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        if kind == "inspect":
            return {"replies": {node: [{"name": "q"}] for node in ("w2@box", "w1@box")}}
        self.names = fields["names"]
        aside = [{"queue": "q", "token": "t", "count": 2}]
        told = {"unacked": 1, "oldest_unacked_s": 2.0, "set_aside": aside}
        return {"queues": self.queues, **told}


async def seen(*queues: Mapping[str, Any]) -> tuple[Queues, Host]:
    host = Host(*queues)
    return await see_queues(Calls(host), ["r"]), host  # type: ignore[arg-type]


async def test_queues_that_only_workers_know_are_asked_for() -> None:
    found, host = await seen(queue("q", waiting=3, priorities=[[0, 1], [3, 2]]))
    assert host.names == ["q", "r"]
    assert found.queues == (
        Queue("q", False, False, 3, ((0, 1), (3, 2)), 0, None, ("w1@box", "w2@box"), None),
    )
    assert (found.unacked, found.oldest_unacked_s) == (1, 2.0)
    assert found.set_aside == (SetAside("q", "t", 2),)


@pytest.mark.parametrize(
    "fields",
    [
        {"declared": True},
        {"bound": True},
        {"waiting": 1},
        {"unacked": 1},
        {"priorities": None},
    ],
    ids=str,
)
async def test_a_queue_that_something_speaks_for_is_found(fields: dict[str, Any]) -> None:
    found, _ = await seen(queue("r", **fields))
    assert found.named("r").name == "r"


async def test_a_name_that_nothing_speaks_for_is_refused_with_those_near() -> None:
    found, _ = await seen(queue("q", declared=True), queue("reports", bound=True), queue("report"))
    with pytest.raises(FleetError) as caught:
        found.named("report")
    assert caught.value.exit_code == USAGE
    assert caught.value.why == "there are q, reports"
    assert caught.value.fix == "did you mean reports?"


async def test_a_queue_of_rabbitmq_that_is_not_there_is_none() -> None:
    found, _ = await seen(queue("r", waiting=None, priorities=None, bound=None))
    with pytest.raises(FleetError, match="there is no queue 'r'"):
        found.named("r")

"""Who is on the broker already."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from core.bridge.surroundings import Surroundings, look_around, refuse_taken
from core.changes import BrokerKnown
from core.errors import USAGE, FleetError

BROKER = BrokerKnown("redis://127.0.0.1:6379/0", False, "the project's broker", 0.4)


class FakeCalls:
    """A broker at this URL, and the nodes that answer there."""

    def __init__(self, url: str, *nodes: str) -> None:
        self.url = url
        self.nodes = nodes

    async def broker_url(self) -> str:
        return self.url

    async def ping(self) -> float:
        return 0.4

    async def inspect(self, what: str, *, timeout_s: float) -> Mapping[str, Any]:
        assert (what, timeout_s < 1) == ("ping", True)
        return {node: {"ok": "pong"} for node in self.nodes}


@pytest.mark.parametrize(
    ("url", "local"),
    [("redis://127.0.0.1:6379/0", True), ("amqp://me:**@mq.example.com//", False)],
)
async def test_the_broker_and_who_answers_there_is_told(url: str, local: bool) -> None:
    around = await look_around(FakeCalls(url, "w2@box", "w1@box"))  # type: ignore[arg-type]
    known = BrokerKnown(url, False, "the project's broker", 0.4)
    assert around == Surroundings(known, local, ("w1@box", "w2@box"))


async def test_our_own_workers_are_no_others() -> None:
    calls = FakeCalls("redis://box", "w2@box", "w1@box")
    around = await look_around(calls, ours={"w1@box"})  # type: ignore[arg-type]
    assert around.foreign == ("w2@box",)


def test_a_name_that_somebody_else_has_is_refused() -> None:
    with pytest.raises(FleetError, match="a worker named w1@box is on this broker") as refused:
        refuse_taken(["w1@box", "w3@box"], Surroundings(BROKER, True, ("w1@box", "w2@box")))
    assert refused.value.exit_code == USAGE


def test_names_that_nobody_has_are_free() -> None:
    refuse_taken(["w3@box"], Surroundings(BROKER, True, ("w1@box", "w2@box")))


async def test_nobody_else_is_on_the_built_in_broker() -> None:
    choice = SimpleNamespace(label="Valkey")
    builtin = SimpleNamespace(url="redis://127.0.0.1:7/0", choice=choice, latency_ms=0.2)
    around = await look_around(FakeCalls("redis://box"), builtin=builtin)  # type: ignore[arg-type]
    known = BrokerKnown("redis://127.0.0.1:7/0", True, "Valkey", 0.2)
    assert around == Surroundings(known, True, ())

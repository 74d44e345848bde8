"""A bridge that answers from a table, for tests of what asks it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from core.bridge.calls import Calls
from core.errors import FleetError

AWAY = FleetError("whereabouts failed", "the broker is away", "start it")


class Answers:
    """Stands in for `core.bridge.host.Host`; `asked` are the calls.

    `away` fails them all, `stuck` answers none.
    """

    def __init__(self, **answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.away = self.stuck = False

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        self.asked.append((kind, fields))
        if self.stuck:
            await asyncio.Event().wait()
        if self.away:
            raise AWAY
        return self.answers[kind]

    @property
    def calls(self) -> Calls:
        return Calls(self)  # type: ignore[arg-type]  # all that it needs of a host


def whereabouts(
    *, waiting: tuple[str, ...] = (), out: tuple[str, ...] = (), **ended: str
) -> Mapping[str, Any]:
    """The answer of that call; `ended` has the state of each id, its result is its own name."""
    return {
        "waiting": list(waiting),
        "out": list(out),
        "ended": {id_: {"state": state, "result": f"{id_}!"} for id_, state in ended.items()},
        "missing": [],
    }

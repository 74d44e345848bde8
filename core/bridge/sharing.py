"""From which of our queues workers of others take, too."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from math import inf
from typing import Final

from core.bridge.calls import Calls
from core.bridge.roll_call import call_roll

AGAIN_S: Final = 10.0
"""Who was silent is asked again so long after: a plain solo worker that is busy answers nobody."""

Queues = Mapping[str, Sequence[str]]
"""The queues that each worker takes from, by node name; none for one that has not said so."""


class Sharing:
    """What is known of the queues that everybody on the broker takes from."""

    def __init__(self) -> None:
        self._ours: Queues = {}
        self._theirs: frozenset[str] = frozenset()
        self._told: dict[str, Sequence[str]] = {}
        self._asked: dict[str, float] = {}

    @property
    def queues(self) -> frozenset[str]:
        """Those from which one of ours takes and one of others, as far as they have said so."""
        told = self._told | {node: queues for node, queues in self._ours.items() if queues}
        return _all(told, self._ours) & _all(told, self._theirs)

    def look(self, ours: Queues, theirs: Collection[str], now: float) -> list[str]:
        """Note who is there; the nodes to ask, at this moment in seconds. Who left is forgotten."""
        self._ours, self._theirs = ours, frozenset(theirs)
        present = self._theirs | ours.keys()
        self._told = {node: queues for node, queues in self._told.items() if node in present}
        self._asked = {node: at for node, at in self._asked.items() if node in present}
        if not ours or not theirs:
            return []
        due = [
            node
            for node in sorted(present)
            if not ours.get(node)
            and node not in self._told
            and now - self._asked.get(node, -inf) >= AGAIN_S
        ]
        self._asked.update(dict.fromkeys(due, now))
        return due

    def tell(self, queues: Queues) -> None:
        """These are the answers of some that were asked."""
        self._told.update(queues)


async def ask_queues(calls: Calls, nodes: Sequence[str]) -> Queues:
    """The queues that those of `nodes` take from which answer. Raises FleetError."""
    roll = await call_roll(calls, ("active_queues",), nodes=nodes)
    answers = roll.answers("active_queues").items()
    return {node: [queue["name"] for queue in queues] for node, queues in answers}


def _all(told: Queues, nodes: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(told.get(node, ()) for node in nodes))

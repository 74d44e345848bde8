"""From which of our queues workers of others take, too."""

from collections.abc import Collection
from typing import Any

from core.bridge.calls import Calls
from core.bridge.roll_call import call_roll


async def shared_queues(calls: Calls, ours: Collection[str]) -> frozenset[str]:
    """The queues from which one of `ours` takes and one of others, as far as they answer.

    `ours` are node names. A plain solo worker that is busy does not answer. Raises FleetError.
    """
    roll = await call_roll(calls, ("active_queues",))
    own: set[str] = set()
    others: set[str] = set()
    for node, queues in roll.answers("active_queues").items():
        (own if node in ours else others).update(_names(queues))
    return frozenset(own & others)


def _names(queues: Any) -> set[str]:
    return {queue["name"] for queue in queues}

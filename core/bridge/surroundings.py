"""Who is on the broker already, before anything is started there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from core.bridge.calls import Calls
from core.broker.address import read_address
from core.broker.builtin import BuiltinBroker
from core.changes import BrokerKnown
from core.errors import USAGE, FleetError
from core.secret import Secret
from core.workers.names import this_host

ANSWER_S: Final = 0.8
"""A worker that is not busy answers within a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The broker and who else is there.

    `foreign` are the nodes that answered and that we did not start; a plain solo worker that is
    busy does not answer. `local`: the broker runs on this machine.
    """

    broker: BrokerKnown
    local: bool
    foreign: tuple[str, ...]


async def look_around(
    calls: Calls, ours: Collection[str] = (), builtin: BuiltinBroker | None = None
) -> Surroundings:
    """Try the app's broker and ask who is there besides `ours`, our workers that are up.

    Nobody else is on a `builtin` one. Raises FleetError when the app cannot be imported or the
    broker does not answer.
    """
    if builtin is not None:
        known = BrokerKnown(builtin.url, True, builtin.choice.label, builtin.latency_ms)
        return Surroundings(known, local=True, foreign=())
    url = await calls.broker_url()
    latency_ms = await calls.ping()
    replies = await calls.inspect("ping", timeout_s=ANSWER_S)
    return Surroundings(
        BrokerKnown(url, False, "the project's broker", latency_ms),
        read_address(Secret(url)).local,
        tuple(sorted(replies.keys() - set(ours))),
    )


def refuse_taken(names: Iterable[str], around: Surroundings) -> None:
    """Raise FleetError when one of the names is somebody else's already."""
    if taken := sorted(set(names) & set(around.foreign)):
        raise FleetError(
            f"a worker named {taken[0]} is on this broker already",
            "two workers of one name are counted as one by every tool, and stop together",
            "stop it, or give the workers here other names, such as me%i@"
            f"{this_host()}: in the settings, or with --name",
            exit_code=USAGE,
        )

"""Every queue that there is: what waits in it, what is out with a worker, who takes from it."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.bridge.calls import Calls
from core.bridge.roll_call import ANSWER_S, call_roll
from core.errors import USAGE, FleetError


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue; None is what its broker does not tell.

    `declared` by the app, `bound` by kombu on Redis. `priorities` are (step, messages), the step
    that is taken first before the others. `unacked` are out with a worker, `oldest_unacked_s` is
    how long the first of them has been. `consumers` are the workers that said they take from it;
    `consumer_count` is what the broker says.
    """

    name: str
    declared: bool
    bound: bool | None
    waiting: int | None
    priorities: tuple[tuple[int, int], ...] | None
    unacked: int | None
    oldest_unacked_s: float | None
    consumers: tuple[str, ...]
    consumer_count: int | None

    @property
    def exists(self) -> bool:
        """Whether more than its name, as somebody typed it, speaks for it."""
        told = self.waiting is not None and self.priorities is None  # by another broker than Redis
        return bool(
            self.declared or self.bound or self.waiting or self.unacked or self.consumers or told
        )


@dataclass(frozen=True, slots=True)
class SetAside:
    """Messages that a purge which was broken off has left; `token` is that of its file."""

    queue: str
    token: str
    count: int


@dataclass(frozen=True, slots=True)
class Queues:
    """All of a broker's. `unacked` counts what is out with workers, from whichever queue."""

    queues: tuple[Queue, ...]
    unacked: int | None
    oldest_unacked_s: float | None
    set_aside: tuple[SetAside, ...]

    def named(self, name: str) -> Queue:
        """That queue. Raises FleetError when there is none of this name."""
        for queue in self.queues:
            if queue.name == name and queue.exists:
                return queue
        known = [queue.name for queue in self.queues if queue.name != name]
        near = difflib.get_close_matches(name, known, n=2)
        raise FleetError(
            f"there is no queue {name!r} on this broker",
            f"there are {', '.join(known) or 'none'}",
            f"did you mean {' or '.join(near)}?" if near else "name one of these",
            exit_code=USAGE,
        )


async def see_queues(
    calls: Calls, names: Sequence[str] = (), *, timeout_s: float = ANSWER_S
) -> Queues:
    """Those that the app declares, that workers take from, that Redis has, and `names`.

    Raises FleetError.
    """
    roll = await call_roll(calls, ("active_queues",), timeout_s=timeout_s)
    taking: dict[str, list[str]] = {}
    for node, queues in sorted(roll.answers("active_queues").items()):
        for queue in queues:
            taking.setdefault(queue["name"], []).append(node)
    told = await calls.survey(sorted({*taking, *names}))
    return Queues(
        tuple(_queue(fields, taking.get(fields["name"], ())) for fields in told["queues"]),
        told["unacked"],
        told["oldest_unacked_s"],
        tuple(SetAside(**fields) for fields in told["set_aside"]),
    )


def _queue(told: Mapping[str, Any], consumers: Sequence[str]) -> Queue:
    priorities = told["priorities"]
    return Queue(
        name=told["name"],
        declared=told["declared"],
        bound=told["bound"],
        waiting=told["waiting"],
        priorities=None if priorities is None else tuple((step, n) for step, n in priorities),
        unacked=told["unacked"],
        oldest_unacked_s=told["oldest_unacked_s"],
        consumers=tuple(consumers),
        consumer_count=told["consumers"],
    )

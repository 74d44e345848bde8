"""Keeps a worker on Render up with its queues, until it is cancelled.

A round reads the queues and the service, decides by the rule, and asks Render when something shall
change. Nothing is sent in a dry run, which takes for granted what it would have asked for. What
cannot be read changes nothing.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.refusal import NetworkLost, Refused
from core.render.remote.backlog import Decision, Load, Memory, Rule, blind, decide
from core.render.remote.change import named, needless
from core.render.remote.scaling import price

EVERY_S: Final = 15.0


@dataclass(frozen=True, slots=True)
class Looked:
    """A round; `instances` are there, or would be in a dry run. With a number `scaled` was done."""

    load: Load
    instances: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Blind:
    """Something could not be read or asked for; nothing changes until it can."""

    why: str


Round: TypeAlias = Looked | Blind


def scalable(service: Service) -> None:
    """Raise FleetError for a service on which a number of instances has no effect."""
    scaling = service.autoscaling
    if service.suspended:
        why, fix = "it is suspended", f"solofleet render resume --service {service.name}"
    elif scaling is not None and scaling.enabled:
        why = f"Render scales it by itself, from {scaling.least} to {scaling.most}"
        fix = "Let only one of them do it: solofleet render scale --no-autoscaling"
    elif service.instances is None:
        why, fix = "it has no number of instances", "Choose a worker or a web service: --service"
    else:
        return
    raise needless(service, "is not scaled by its queues", why, fix)


def autoscale_action(service: Service, workspace: str, rule: Rule, queues: str, broker: str) -> str:
    """What would be done all the while, with its target, its reason and its price."""
    cost = price(service.plan, rule.most)
    return (
        f"scale {named(service, workspace)} between {rule.least} and {rule.most} instances by what "
        f"waits in {queues} on {broker}, until this is stopped{cost and f'{cost} at most'}"
    )


async def keep_up(
    api: RenderApi,
    service: Service,
    read: Callable[[], Awaitable[Load]],
    rule: Rule,
    *,
    apply: bool,
    every_s: float = EVERY_S,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[Round]:
    """All rounds. `read` raises FleetError when the queues cannot be seen.

    Raises FleetError for what waiting cannot mend: a wrong key, a service that is suspended or
    scales itself by now.
    """
    memory, assumed = Memory(), None
    while True:
        try:
            service = await api.service(service.id)
            scalable(service)
            instances = assumed if assumed is not None else service.instances or 1
            load = await _seen(read)
            memory, decision = decide(rule, memory, load, instances, clock())
            if decision.instances is not None and apply:
                await api.scale(service, decision.instances)
            elif decision.instances is not None:
                assumed = decision.instances
            yield Looked(load, instances, decision)
        except (_Unseen, NetworkLost) as error:
            memory = blind(memory)
            yield Blind(error.why)
        except Refused as error:
            if error.status < 500 and error.status != 429:
                raise
            memory = blind(memory)
            yield Blind(error.why)
        await sleep(every_s)


class _Unseen(Exception):
    """The queues could not be read."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def _seen(read: Callable[[], Awaitable[Load]]) -> Load:
    try:
        return await read()
    except FleetError as error:
        raise _Unseen(f"{error.what}: {error.why}") from None

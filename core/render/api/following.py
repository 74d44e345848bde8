"""Follows a deploy to its end: its states, its events and its log, over a lost network too.

It asks again and again, as Render's own command line does: after a loss nothing has to be set up
again, and what was missed comes with the next answer. Times are those of Render's clock.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, TypeAlias

from core.errors import FleetError
from core.render.api.answers import Deploy, Service
from core.render.api.client import RenderApi
from core.render.api.event import Event
from core.render.api.log_line import LogLine, LogQuery
from core.render.api.refusal import Refused
from core.render.api.tail import Told, lines_since

EVERY_S: Final = 5.0
"""A round is three requests; the narrowest limit is 30 requests for logs in a minute."""
LONGEST_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class DeployChanged:
    """It has another status."""

    deploy: Deploy


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the service, since the deploy began."""

    event: Event


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of the build, or of an instance that the deploy started."""

    line: LogLine


@dataclass(frozen=True, slots=True)
class Trouble:
    """Render could not be asked and will be again, or its log is not whole; the deploy goes on."""

    text: str


News: TypeAlias = DeployChanged | Happened | Printed | Trouble


async def follow(
    api: RenderApi,
    service: Service,
    deploy: Deploy,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[News]:
    """All news of a deploy; the last DeployChanged says how it ended.

    What instances print that ran before it is left out, for they work on until it is live.
    Lines may come late, so one more round follows the end. Raises Refused for what trying again
    cannot mend.
    """
    query = LogQuery(service.owner, (service.id,), types=("build", "app"))
    told, seen, status, delay_s = Told(), set[str](), "", EVERY_S
    since, before = deploy.created_at, None
    while True:
        was_over = deploy.ended and status == deploy.status
        try:
            if before is None:
                before = frozenset(each.id for each in await api.instances(service))
            deploy = await api.deploy(service, deploy.id)
            for event in await api.events(service, since):
                if event.id not in seen:
                    seen.add(event.id)
                    yield Happened(event)
            async with aclosing(lines_since(api, query, told, since)) as lines:
                async for line in lines:
                    if line.type == "build" or line.instance not in before:
                        yield Printed(line)
            delay_s = EVERY_S
        except FleetError as error:  # a limit of Render's among them
            if isinstance(error, Refused) and error.status < 500 and error.status != 429:
                raise
            yield Trouble(f"{error.why}; trying again in {delay_s:.0f} s")
            await sleep(delay_s)
            delay_s = min(LONGEST_S, delay_s * 2)
            continue
        if deploy.status != status:
            status = deploy.status
            yield DeployChanged(deploy)
        if was_over:
            if told.behind:
                yield Trouble("its log has more lines than were read: solofleet render logs")
            return
        await sleep(EVERY_S)

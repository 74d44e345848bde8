"""Starts a deploy, and finds it where Render does not name it. Nothing is asked for twice."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from core.errors import TIMED_OUT, FleetError
from core.render.api.answers import Deploy, Service
from core.render.api.client import RenderApi
from core.render.api.refusal import NetworkLost

FOUND_WITHIN_S: Final = 60
"""How long Render's own command line looks for a deploy that was queued."""
_EVERY_S: Final = 5.0


async def start_deploy(
    api: RenderApi,
    service: Service,
    on_news: Callable[[str], None],
    *,
    commit: str | None = None,
    clear_cache: bool = False,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Deploy:
    """Deploy the branch's head, or a commit.

    Where the answer is lost, the list of deploys says whether Render has begun: only a deploy that
    was not there before counts. Raises what `RenderApi.start_deploy` raises, and FleetError when a
    queued deploy does not show up.
    """
    before = {deploy.id for deploy in await api.deploys(service)}
    lost: NetworkLost | None = None
    try:
        deploy = await api.start_deploy(service, commit=commit, clear_cache=clear_cache)
        if deploy is not None:
            return deploy
        on_news(f"{service.name}: queued behind another deploy")
    except NetworkLost as error:
        if not error.sent:
            raise
        lost = error
        on_news(f"{service.name}: {error.why}; looking whether Render has begun")
    for _ in range(1 if lost else round(FOUND_WITHIN_S / _EVERY_S)):
        await sleep(_EVERY_S)
        new = [each for each in await api.deploys(service) if each.id not in before]
        if new:
            return new[0]
    raise lost or FleetError(
        f"the deploy of {service.name} was not found",
        f"Render queued it, and does not list it after {FOUND_WITHIN_S} s",
        "Look again: solofleet render status.",
        exit_code=TIMED_OUT,
    )

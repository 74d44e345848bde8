"""Finds a task in the log that Render keeps: it names the instance that printed each line."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.log_line import LogQuery
from core.render.verifying.report import Errand

LOG_S: Final = 20.0
"""So long a line may take to be found there."""
LOOK_S: Final = 3.0
"""A look is one request; Render allows 30 for logs in a minute."""


async def in_log(
    api: RenderApi, errand: Errand, services: Sequence[Service], *, wait_s: float = LOG_S
) -> Errand:
    """The errand with the line that tells its end, once that is there.

    "Task NAME[ID] succeeded in ..." is what Celery logs at INFO (`celery/app/trace.py`, 5.2-5.7).
    Raises FleetError.
    """
    if not services:
        return errand
    names = {each.id: each.name for each in services}
    query = LogQuery(services[0].owner, tuple(names), text=errand.id, types=("app",))
    end = asyncio.get_running_loop().time() + wait_s
    while True:
        for line in (await api.logs(query)).lines:
            if errand.id in line.message and "succeeded" in line.message:
                return replace(
                    errand,
                    service=names.get(line.resource, line.resource),
                    instance=line.instance,
                    line=line.message.strip(),
                )
        if asyncio.get_running_loop().time() >= end:
            return errand
        await asyncio.sleep(LOOK_S)

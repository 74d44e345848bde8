"""Asks a Flower that runs: whether it answers, lets us in, and sees which workers."""

import asyncio
import http.client
import re
from base64 import b64encode
from typing import Final

from core.flower.plan import FlowerPlan
from core.flower.port import HOST

_ANSWER_S: Final = 5.0
_ONLINE: Final = re.compile(
    r'^flower_worker_online\{worker="((?:[^"\\]|\\.)*)"\} 1\.0$', re.MULTILINE
)
"""In the text form of Prometheus; a quote or backslash in a name is escaped."""


async def is_healthy(plan: FlowerPlan) -> bool:
    """Whether it serves."""
    return (await _get(plan, "/healthcheck"))[0] == 200


async def lets_in(plan: FlowerPlan) -> bool:
    """Whether the page opens to our user and password."""
    credentials = b64encode(plan.access.variable().encode()).decode()
    return (await _get(plan, "/", Authorization=f"Basic {credentials}"))[0] == 200


async def seen_workers(plan: FlowerPlan) -> frozenset[str]:
    """The workers that it has heard and holds for online; `/metrics` needs no login."""
    return online_in((await _get(plan, "/metrics"))[1])


def online_in(metrics: str) -> frozenset[str]:
    """The workers that are online by this text of `/metrics`."""
    return frozenset(re.sub(r"\\(.)", r"\1", name) for name in _ONLINE.findall(metrics))


async def _get(plan: FlowerPlan, path: str, **headers: str) -> tuple[int, str]:
    """Status and text; 0 when there was no answer. Proxies of the environment are not asked."""
    return await asyncio.to_thread(_fetch, plan.port, plan.path(path), headers)


def _fetch(port: int, path: str, headers: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection(HOST, port, timeout=_ANSWER_S)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()

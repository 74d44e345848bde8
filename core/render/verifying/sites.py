"""Asks what a deployment serves over HTTP: the health check of the web service, and Flower."""

import time
from dataclasses import dataclass
from typing import Final

import httpx

from core.flower.health import online_in
from core.render.blueprint.reading import Document
from core.render.blueprint.services import services_of
from core.render.verifying.report import Finding, Sure

TIMEOUT_S: Final = 60.0
"""A free web service sleeps, and takes that long to wake (https://render.com/docs/free)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a GET gave; `status` is 0 where nothing came, for the reason in `error`."""

    status: int
    took_s: float
    text: str = ""
    error: str = ""

    def __str__(self) -> str:
        return self.error or f"{self.status} in {self.took_s:.2f} s"


def health_paths(blueprint: Document) -> dict[str, str]:
    """The path of the health check of each service that has one, by name."""
    paths = {
        each.text("name"): each.text("healthCheckPath") for each in services_of(blueprint.root)
    }
    return {name: path for name, path in paths.items() if path}


async def get(client: httpx.AsyncClient, url: str) -> Answer:
    """One GET. Redirects are not followed: Render counts them as well."""
    began = time.monotonic()
    try:
        answer = await client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        told = str(error) or type(error).__name__
        return Answer(0, time.monotonic() - began, error=f"no answer: {told}")
    return Answer(answer.status_code, time.monotonic() - began, answer.text)


async def web_finding(client: httpx.AsyncClient, name: str, url: str, path: str) -> Finding:
    """Whether a web service passes the health check that Render makes: 2xx or 3xx."""
    answer = await get(client, f"{url}{path}")
    evidence = f"GET {url}{path}: {answer}"
    if 200 <= answer.status < 400:
        return Finding("web", Sure.PROVED, f"{name} answers", evidence)
    fix = f"read its log: solofleet render logs --service {name}"
    return Finding("web", Sure.FAILED, f"{name} does not answer well", evidence, fix)


async def flower_finding(
    client: httpx.AsyncClient, name: str, url: str, nodes: frozenset[str]
) -> Finding:
    """Whether Flower is up, asks who comes, and sees these workers.

    `/healthcheck` and `/metrics` need no login; `/` does (flower 2.2, `flower/urls.py`).
    """
    up = await get(client, f"{url}/healthcheck")
    evidence = f"GET {url}/healthcheck: {up}"
    if up.status != 200:
        fix = f"read its log: solofleet render logs --service {name}"
        return Finding("flower", Sure.FAILED, f"{name} does not answer", evidence, fix)
    front = await get(client, f"{url}/")
    evidence += f"; GET / without a login: {front.status}"
    if front.status != 401:
        what = f"{name} lets everybody in"
        fix = "set FLOWER_BASIC_AUTH=user:password in its variables"
        return Finding("flower", Sure.FAILED, what, evidence, fix)
    missing = nodes - online_in((await get(client, f"{url}/metrics")).text)
    if missing:
        what = f"{name} does not see {', '.join(sorted(missing))}"
        fix = "see that it has the same broker address as the worker"
        return Finding("flower", Sure.FAILED, what, evidence, fix)
    seen = f"; it sees {', '.join(sorted(nodes))}" if nodes else ""
    return Finding("flower", Sure.PROVED, f"{name} answers, behind a login", evidence + seen)

"""Asks Render, and the services themselves, for all that the checklist wants to know.

It changes nothing there. Of variables only the names are kept.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx

from core.errors import USAGE, FleetError
from core.flower.health import online_in
from core.render.api.answers import Deploy, EnvGroup, EnvVar, Owner, Service
from core.render.api.call import Caller, base_url
from core.render.api.client import Metric, RenderApi
from core.render.api.key import find_key
from core.render.api.log_line import LogLine, LogQuery, in_order
from core.render.api.matching import Match, choose_owner, match
from core.render.api.pace import Pace
from core.render.api.refusal import Refused
from core.render.api.series import Series
from core.render.blueprint.reading import Document
from core.render.blueprint.services import Role, role_of, services_of
from core.render.checklist.there import Dashboard, Remote, There, Usage, Visit
from core.render.preflight.snapshot import Snapshot

VISIT_S: Final = 60.0
"""A free web service sleeps, and takes that long to wake (https://render.com/docs/free)."""
FOR_LOOKING: Final = ("ready.", "Connected to", "Cannot connect to", "] received", "] succeeded in")
"""What lines have that a box asks for."""
MOST: Final = 20
"""The newest lines of each kind."""
_BEFORE_ANY: Final = timedelta(hours=1)


async def remote_of(
    snapshot: Snapshot,
    environ: Mapping[str, str],
    owner: str | None,
    on_wait: Callable[[str], None],
) -> Remote | FleetError:
    """What Render says of the services of the commit's render.yaml; else why it says nothing.

    `owner` names the workspace. `on_wait` hears of limits of Render.
    """
    try:
        key = await asyncio.to_thread(find_key, environ)
        async with Caller(key, base_url(environ), pace=Pace(on_wait)) as caller:
            api = RenderApi(caller)
            return await remote_by(snapshot, api, choose_owner(await api.owners(), owner))
    except FleetError as error:
        return error


async def remote_by(snapshot: Snapshot, api: RenderApi, owner: Owner) -> Remote | FleetError:
    """As `remote_of`, where Render is at hand already."""
    document = snapshot.blueprint.document
    if document is None:
        return FleetError(
            "there is no render.yaml",
            "it says which services on Render are this project's",
            "Make it: solofleet render blueprint --write",
            exit_code=USAGE,
        )
    try:
        services = await api.services(owner=owner.id)
        matches = match(document, services, snapshot.commit.find)
        return await ask(api, owner, matches, paths_of(document))
    except FleetError as error:
        return error


def paths_of(document: Document) -> dict[str, str]:
    """By service, the path that tells whether it is up: as render.yaml has it, else `/`."""
    return {
        service.text("name"): "/healthcheck"  # the one that asks for no password
        if role_of(service) is Role.FLOWER
        else service.text("healthCheckPath") or "/"
        for service in services_of(document.root)
    }


async def ask(
    api: RenderApi, owner: Owner, matches: Sequence[Match], paths: Mapping[str, str]
) -> Remote:
    """Look at the services that are there; `paths` are those that a GET is sent to, by service.

    Raises what the calls raise.
    """
    at = datetime.now(UTC)
    groups = await _groups(api, owner, [each.service for each in matches if each.service])
    services: dict[str, There] = {}
    for each in matches:
        if each.service is not None:
            path = paths.get(each.name, "/")
            services[each.name] = await _there(api, each.role, each.service, groups, path, at)
    return Remote(owner.name, at, services, await api.key_values(owner.id))


async def _groups(
    api: RenderApi, owner: Owner, services: Sequence[Service]
) -> tuple[EnvGroup, ...]:
    """The groups of these services, with their variables."""
    ids = {service.id for service in services}
    listed = [each for each in await api.env_groups(owner.id) if ids.intersection(each.services)]
    return tuple([await api.env_group(each.id) for each in listed])


async def _there(
    api: RenderApi,
    role: Role,
    service: Service,
    groups: Sequence[EnvGroup],
    path: str,
    at: datetime,
) -> There:
    deploys = await api.deploys(service)
    live = next((each for each in deploys if each.status == "live"), None)
    held = [*await api.env_vars(service), *_of_groups(service, groups)]
    names = frozenset(each.key for each in held)
    if live is None:
        return There(service, None, names)
    works = role is Role.WORKER
    visit, dashboard = await _seen(service.url, path, role)
    lines, unread = await _lines(api, service, live) if works else ((), None)
    return There(
        service,
        live,
        names,
        lines=lines,
        unread=unread,
        visit=visit,
        dashboard=dashboard,
        usage=await _usage(api, service, live, at) if works else None,
        killed=await _killed(api, service, live) if works else (),
    )


def _of_groups(service: Service, groups: Sequence[EnvGroup]) -> Iterator[EnvVar]:
    return (each for group in groups if service.id in group.services for each in group.vars)


async def _lines(
    api: RenderApi, service: Service, live: Deploy
) -> tuple[tuple[LogLine, ...], Refused | None]:
    """The newest lines of each kind since the deploy; why not all where Render refuses them."""
    found: dict[str, LogLine] = {}
    refused: Refused | None = None
    try:
        for text in FOR_LOOKING:
            query = LogQuery(service.owner, (service.id,), text=text, types=("app",))
            page = await api.logs(query, start=live.created_at, most=MOST)
            found |= {line.id: line for line in page.lines}
    except Refused as error:
        refused = error  # a role that may not read logs is no reason to know nothing of the rest
    return in_order(found.values()), refused


async def _visit(http: httpx.AsyncClient, url: str) -> tuple[Visit, str]:
    """What a GET gives, and its text."""
    status, trouble, text = None, "", ""
    try:
        answer = await http.get(url)
        status, text = answer.status_code, answer.text
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        trouble = str(error) or type(error).__name__
    return Visit(url, datetime.now(UTC), status, trouble), text


async def _seen(url: str, path: str, role: Role) -> tuple[Visit | None, Dashboard | None]:
    """What the address of a service shows."""
    if not url:
        return None, None
    base = url.rstrip("/")
    async with httpx.AsyncClient(timeout=VISIT_S) as http:
        visit, _ = await _visit(http, f"{base}/{path.lstrip('/')}")
        if role is not Role.FLOWER or not visit.good:
            return visit, None
        front, _ = await _visit(http, f"{base}/")
        metrics, text = await _visit(http, f"{base}/metrics")
        return visit, Dashboard(metrics.url, metrics.at, front.status, online_in(text))


async def _usage(api: RenderApi, service: Service, live: Deploy, at: datetime) -> Usage | None:
    since = live.finished_at or live.created_at or at - _BEFORE_ANY
    try:
        shares = [await _share(api, service, name, since, at) for name in ("memory", "cpu")]
    except Refused:
        return None  # a plan without metrics is no reason to know nothing of the rest
    return Usage(at, *shares)


async def _share(
    api: RenderApi, service: Service, name: Metric, since: datetime, at: datetime
) -> float | None:
    limit: Metric = "memory-limit" if name == "memory" else "cpu-limit"
    span = (at - since).total_seconds()
    every_s = max(60, round(span / 500))
    used = _most(await api.metric(name, service, since, at, every_s))
    least = _most(await api.metric(limit, service, since, at, every_s))
    return used / least if used is not None and least else None


def _most(series: Sequence[Series]) -> float | None:
    return max((sample.value for each in series for sample in each.samples), default=None)


async def _killed(api: RenderApi, service: Service, live: Deploy) -> tuple[datetime, ...]:
    events = await api.events(service, live.created_at)
    return tuple(
        each.at
        for each in events
        if each.at is not None and each.failure is not None and each.failure.out_of_memory
    )

"""The boxes of one service: it is there, and starts where and as it must."""

from collections.abc import Iterator
from typing import Final

from core.render.blueprint.services import Role
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, done, not_so, unknown
from core.render.checklist.there import There
from core.render.checklist.words import not_there, of_api, of_seen, shown
from core.render.preflight.checks.blueprints import blueprint
from core.render.preflight.checks.folders import importable
from core.render.preflight.checks.memory import memory
from core.render.preflight.checks.scripts import signals
from core.render.preflight.checks.workers import concurrency, pools
from core.render.preflight.command import is_server, server_app
from core.render.preflight.commit import joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service

SYNC: Final = "push render.yaml, and let Render sync the Blueprint"
PROVE: Final = "solofleet render check --prove"


def on_render(case: Case, meant: Meant) -> Answer:
    """Whether the service exists there, of the same kind, and is not suspended."""
    if (there := meant.there) is None:
        return not_there(case, meant)
    service = there.service
    kind = service.type.replace("_", " ")
    words = f"{service.name}: {kind} {service.id}, {service.plan}, {service.region}"
    if service.suspended:
        return not_so(f"{service.name} is suspended", "resume it in Render's dashboard")
    return done(of_api(case, words))


def root(case: Case, meant: Meant) -> Answer:
    """Whether its command finds the app in its root directory, and Render has the same one."""
    service = meant.service
    for seen in _at(service, importable(case.snapshot)):
        if seen.severity is Severity.BLOCK:
            return of_seen(seen)
        if seen.severity is Severity.WARN:
            return unknown(f"{seen.what}: {seen.why}", PROVE)
    app = _app(service)
    if app is None:
        return unknown(f"what {service.name} imports is not seen in its command", PROVE)
    entry = meant.table.entry("rootDir")
    line = entry.value.line if entry is not None else service.line
    words = f"rootDir: {service.root}" if service.root else "no rootDir: the top folder"
    written = Evidence(Source.FILE, f"{words}, which has {app}", service.file, line)
    return _as_there(case, meant, written, joined("", _there_root(meant.there)), service.root)


def _there_root(there: There | None) -> str:
    return "" if there is None else there.service.root


def start(case: Case, meant: Meant) -> Answer:
    """Whether its command is one that works on Render, and Render has the same one."""
    service = meant.service
    if service.start is None:
        why = f"{service.name} has no startCommand"
        return not_so(why, "write it", Evidence(Source.FILE, why, service.file, service.line))
    for seen in _at(service, _of_start(case)):
        return of_seen(seen)
    calls = service.start.calls
    if meant.role is Role.WEB and not any(is_server(placed.call) for placed in calls):
        return unknown(f"what serves {service.name} is not seen in its command", PROVE)
    words = f"startCommand: {shown(service.start.text)}"
    written = Evidence(Source.FILE, words, service.file, service.start.line)
    there = "" if meant.there is None else meant.there.service.start_command
    wanted = " ".join(service.start.text.split())
    return _as_there(case, meant, written, " ".join(there.split()) or wanted, wanted)


def _of_start(case: Case) -> Iterator[Seen]:
    for check in (pools, blueprint, signals):
        yield from (each for each in check(case.snapshot) if each.severity is Severity.BLOCK)
    for check in (concurrency, memory):
        for each in check(case.snapshot):
            if each.severity in (Severity.BLOCK, Severity.WARN):
                yield each


def _at(service: Service, findings: Iterator[Seen]) -> Iterator[Seen]:
    """Those that stand in its start command, or in a script that it runs."""
    if service.start is None:
        return
    places = {(placed.file, placed.line) for placed in service.start.calls}
    places.add((service.start.file, service.start.line))
    yield from (each for each in findings if (each.file, each.line) in places)


def _app(service: Service) -> str | None:
    for placed in service.start.calls if service.start else ():
        app = placed.celery.app if placed.celery else server_app(placed.call)
        if app and "$" not in app:
            return app
    return None


def _as_there(case: Case, meant: Meant, written: Evidence, there: str, wanted: str) -> Answer:
    """The answer by the file, if Render has nothing else."""
    if meant.there is None:
        return done(written)
    if there != wanted:
        why = f"Render has for {meant.service.name}: {shown(there) or 'the top folder'}"
        return not_so(why, SYNC, written, of_api(case, why))
    return done(written, of_api(case, f"{meant.service.name} has the same"))

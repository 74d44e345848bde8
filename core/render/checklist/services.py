"""The boxes of one service: it is there, it starts where and as it must, it has its variables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.errors import FleetError
from core.render.blueprint.services import Role, celery_calls, command_text, option_of
from core.render.checklist.before import needed_rows, told
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, done, not_so, unknown
from core.render.checklist.there import There
from core.render.checklist.words import not_live, not_there, of_api, of_seen, shown
from core.render.preflight.checks.blueprints import blueprint
from core.render.preflight.checks.folders import importable
from core.render.preflight.checks.memory import memory
from core.render.preflight.checks.scripts import signals
from core.render.preflight.checks.variables import literal_variables
from core.render.preflight.checks.variables import told as seen_of
from core.render.preflight.checks.workers import concurrency, pools
from core.render.preflight.command import is_server, server_app
from core.render.preflight.commit import joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service
from core.render.variables.contract import Row
from core.render.variables.written import Kind, in_blueprint
from core.render.variables.written import Service as Holding

SYNC: Final = "push render.yaml, and let Render sync the Blueprint"
PROVE: Final = "solofleet render check --prove"
AUTH: Final = "FLOWER_BASIC_AUTH"


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


def variables(case: Case, meant: Meant) -> Answer:
    """Whether it has what it needs: by the file, and by the names that Render has."""
    document = case.snapshot.blueprint.document
    assert document is not None, "the service is of it"
    held = next(
        each
        for each in in_blueprint(document, meant.service.file)
        if each.line == meant.service.line
    )
    places = {(each.file, each.line) for each in held.held}
    faults = [
        *(s for s in literal_variables(case.snapshot) if (s.file, s.line) in places),
        *(seen_of(case.picture, "brokers") if meant.role is Role.WORKER else ()),
    ]
    if faults:
        return of_seen(faults[0])
    rows = [row for row in needed_rows(case) if meant.role.value in row.needed_by]
    if meant.there is None:
        return _by_file(case, meant, held, rows)
    there = {name.upper() for name in meant.there.variables}
    lacking = [row.names[0] for row in rows if row.required and not _has(row, there)]
    lacking += [each.name for each in held.held if each.name.upper() not in there]
    if lacking:
        names = told(lacking)
        why = f"Render has no {names} for {meant.service.name}"
        push = f"solofleet render env --push {lacking[0]}"
        return not_so(why, push, of_api(case, why), *_reads(rows, lacking))
    words = f"{meant.service.name} has {len(there)} variables, with all that it needs"
    shown = replace(of_api(case, words), commit=case.snapshot.commit.oid)
    return done(*_written(held), shown)


def _by_file(case: Case, meant: Meant, held: Holding, rows: list[Row]) -> Answer:
    name = meant.service.name
    missing = [row.names[0] for row in rows if row.required and held.get(row.names) is None]
    if missing and not held.elsewhere:
        why = f"{name} has no {told(missing)} in render.yaml"
        return not_so(why, "solofleet render blueprint --write", *_reads(rows, missing))
    asked = [each.name for each in held.held if each.kind is Kind.ASKED]
    asked += [f"what the group {group} has" for group in held.elsewhere if rows]
    if asked:
        why = f"only Render knows whether {name} has {told(asked)}"
        tells = case.remote.fix if isinstance(case.remote, FleetError) else SYNC
        return unknown(why, tells, *_written(held))
    none = Evidence(Source.FILE, f"{name} needs none", held.file, held.line)
    return done(*(tuple(_written(held)) or (none,)))


def _has(row: Row, there: set[str]) -> bool:
    return any(name.upper() in there for name in row.names)


def _reads(rows: list[Row], names: list[str]) -> Iterator[Evidence]:
    for row in rows:
        if row.names[0] in names:
            read = row.reads[0]
            yield Evidence(Source.FILE, f"{row.names[0]} is read", read.file, read.line)


def _written(held: Holding) -> Iterator[Evidence]:
    if held.held:
        names = told(each.name for each in held.held)
        yield Evidence(Source.FILE, names, held.file, min(each.line for each in held.held))


def answers(case: Case, meant: Meant) -> Answer:
    """Whether its address answers."""
    if (there := meant.there) is None:
        return not_there(case, meant)
    if there.live is None or there.visit is None:
        return not_live(meant)
    visit, live = there.visit, there.live
    words = f"GET {visit.url}: {visit.status or visit.trouble}"
    shown = Evidence(Source.ANSWER, words, at=visit.at, commit=live.commit, deploy=live.id)
    if visit.good:
        return done(shown)
    why = f"{meant.service.name} does not answer as it should"
    return not_so(why, f"solofleet render logs --service {meant.service.name}", shown)


def password(case: Case, meant: Meant) -> Answer:
    """Whether Flower asks for one, which is in no file and in no command."""
    service = meant.service
    line = service.line if service.start is None else service.start.line
    for call in celery_calls(command_text(meant.table)):
        if option_of(call, "--basic_auth", "--basic-auth") is not None:
            why = "its password stands in the start command, which every member sees"
            fix = f"put another one into {AUTH} with `sync: false`"
            return not_so(why, fix, Evidence(Source.FILE, why, service.file, line))
        if option_of(call, "--auth") is not None:
            return done(Evidence(Source.FILE, "it has --auth", service.file, line))
    written = next((each for each in service.values if each.name == AUTH), None)
    here = () if written is None else (Evidence(Source.FILE, AUTH, written.file, written.line),)
    if written is not None and written.kind is Kind.VALUE:
        return not_so(f"{AUTH} has its value in render.yaml", "write `sync: false`", *here)
    if meant.there is not None:
        if AUTH in meant.there.variables:
            return done(*here, of_api(case, f"{service.name} has {AUTH}"))
        return not_so(f"Render has no {AUTH} for {service.name}", "set it there: user:password")
    if written is not None and written.kind is Kind.GENERATED:
        return done(*here)
    tells = case.remote.fix if isinstance(case.remote, FleetError) else SYNC
    return unknown(f"only Render knows whether it has {AUTH}", tells, *here)

"""The boxes before the deployment: Redis, the list of variables, the list of packages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from core.errors import FleetError
from core.render.blueprint.services import Role
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, all_of, done, not_so, unknown
from core.render.checklist.words import (
    absent,
    logged,
    not_live,
    not_said,
    not_there,
    of_api,
    of_seen,
    told,
)
from core.render.preflight.checks.addresses import localhost, tls
from core.render.preflight.checks.missing import missing_packages
from core.render.preflight.checks.variables import literal_variables
from core.render.preflight.finding import Severity
from core.render.preflight.packages import Package
from core.render.preflight.snapshot import Root
from core.render.variables.contract import Row, is_given, rows_of
from core.render.variables.digests import Digests
from core.render.variables.read import Read

_CONNECTED: Final = re.compile(r"\bConnected to \w+://")
_REFUSED: Final = re.compile(r"Cannot connect to \w+://")
_BROKER: Final = re.compile(r"BROKER|REDIS")
_EXAMPLE: Final = re.compile(r"(?:^|/)\.env[\w.-]*\.?(?:example|sample|template|dist)$")
_ASSIGNED: Final = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=")
_OF_RUNS: Final = ("celery", "redis", "flower", "uvicorn", "gunicorn", "hypercorn", "daphne")


def redis(case: Case) -> Answer:
    """Whether a worker on Render has reached it; before that, what is wrong with its address."""
    for check in (literal_variables, tls, localhost):
        for seen in check(case.snapshot):
            if seen.severity is Severity.BLOCK:
                return of_seen(seen)
    if (answer := absent(case, Role.WORKER)) is not None:
        return answer
    reached = (_reached(case, meant) for meant in case.meant(Role.WORKER))
    found = all_of(*_forgetting(case), *reached)
    return replace(found, evidence=(*_addresses(case), *found.evidence))


def _forgetting(case: Case) -> Iterator[Answer]:
    """The Key Values of the project, which must throw nothing away."""
    names = {meant.service.name for meant in case.meant(Role.KEY_VALUE)}
    for each in () if isinstance(case.remote, FleetError) else case.remote.key_values:
        if each.name not in names:
            continue
        words = f"{each.name}: Key Value {each.id}, {each.status}, {each.policy}"
        seen = of_api(case, words)
        if each.policy.replace("_", "-") == "noeviction":
            yield done(seen)
        else:
            why = f"{each.name} throws messages away when its memory is full"
            yield not_so(why, "set its maxmemory policy to noeviction", seen)


def _reached(case: Case, meant: Meant) -> Answer:
    if (there := meant.there) is None:
        return not_there(case, meant)
    if there.live is None:
        return not_live(meant)
    connected, refused = logged(there, _CONNECTED), logged(there, _REFUSED)
    if refused is not None and (connected is None or _after(refused, connected)):
        return not_so(f"{meant.service.name} cannot reach it", "solofleet render env", refused)
    if connected is None:
        return not_said(there, "Connected to …", "give its worker --loglevel=info")
    return done(replace(connected, commit=""))  # it is the same Redis for any commit


def _after(one: Evidence, other: Evidence) -> bool:
    return one.at is not None and other.at is not None and one.at > other.at


def _addresses(case: Case) -> Iterator[Evidence]:
    """Where the address of the broker is written down."""
    for value in case.snapshot.values:
        if value.deployed and _BROKER.search(value.name):
            source = value.refers_to.split(":")
            comes = f"comes from {source[1]}" if len(source) > 1 else "is set"
            yield Evidence(Source.FILE, f"{value.name} {comes}", value.file, value.line)


def documented(case: Case) -> Answer:
    """Whether each variable that started code reads is in render.yaml, or in an example."""
    rows = needed_rows(case)
    written = dict(_examples(case))
    for value in case.snapshot.values:
        if value.owner is not None:
            written[value.name.upper()] = (value.file, value.line, value.name)
    nowhere = [row for row in rows if not _found(row, written)]
    if nowhere:
        reads = (read for row in nowhere for read in row.reads[:1])
        names = told([row.names[0] for row in nowhere])
        why = f"the code reads {names}, and nothing in the commit names it"
        fix = "name each in .env.example, or in render.yaml where its default will not do"
        return not_so(why, fix, *(_read(one) for one in reads))
    by_file: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        file, line, name = _found(row, written)[0]
        by_file.setdefault(file, []).append((line, name))
    places = (
        Evidence(Source.FILE, told([name for _, name in lines]), file, min(lines)[0])
        for file, lines in by_file.items()
    )
    return done(*places) if rows else done(Evidence(Source.FILE, "no started code reads any"))


def needed_rows(case: Case) -> tuple[Row, ...]:
    """The variables that a service of the project reads, but for those that Render sets."""
    rows = rows_of(case.picture, Digests())
    return tuple(row for row in rows if row.needed_by and not all(map(is_given, row.names)))


Place = tuple[str, int, str]


def _found(row: Row, written: dict[str, Place]) -> list[Place]:
    return [written[name.upper()] for name in row.names if name.upper() in written]


def _examples(case: Case) -> Iterator[tuple[str, Place]]:
    for path in sorted(case.snapshot.commit.contents):
        if _EXAMPLE.search(path):
            for number, line in enumerate(case.snapshot.commit.text(path).splitlines(), 1):
                if found := _ASSIGNED.match(line):
                    yield found[1].upper(), (path, number, found[1])


def _read(read: Read) -> Evidence:
    return Evidence(Source.FILE, f"{read.name} is read", read.file, read.line)


def packages(case: Case) -> Answer:
    """Whether all that is started and imported will be installed."""
    for seen in missing_packages(case.snapshot):
        if seen.severity is Severity.BLOCK:
            return of_seen(seen)
    roots = [root for root in case.snapshot.roots if root.runs_python]
    if not roots:
        return unknown("nothing is built by Render's own Python", "look into the Dockerfile")
    return all_of(*(_listed(root) for root in roots))


def _listed(root: Root) -> Answer:
    listed = root.packages
    if not listed.named("celery"):
        where = root.path or "the top folder"
        return unknown(f"no list in {where} names celery", "solofleet render check --prove")
    known = {each.name: each for each in listed.packages if each.name in _OF_RUNS}
    if not known and listed.lock is not None:
        return done(Evidence(Source.FILE, "celery is locked", listed.lock, 1))
    return done(*(_package(each) for each in known.values()))


def _package(package: Package) -> Evidence:
    return Evidence(Source.FILE, package.written, package.file, package.line)

"""The box of a service's variables: whether it has what it needs."""

from collections.abc import Iterator
from dataclasses import replace

from core.errors import FleetError
from core.render.blueprint.services import Role
from core.render.checklist.before import needed_rows
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, done, not_so, unknown
from core.render.checklist.services import SYNC
from core.render.checklist.words import BLUEPRINT, of_api, of_seen, told
from core.render.preflight.checks.variables import literal_variables
from core.render.preflight.checks.variables import told as seen_of
from core.render.variables.contract import Row
from core.render.variables.written import Kind, in_blueprint
from core.render.variables.written import Service as Holding


def variables(case: Case, meant: Meant) -> Answer:
    """Whether it has what it needs: by the file, and by the names that Render has."""
    document = case.snapshot.blueprint.document
    assert document is not None, "the service is of it"
    held = next(
        each
        for each in in_blueprint(document, meant.service.file, case.snapshot.commit.find)
        if (each.name, each.line) == (meant.service.name, meant.service.line)
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
    # Whether Render lists what it takes from another service itself, its documents do not say.
    own = there | {each.name.upper() for each in held.held if each.kind is Kind.REFERENCE}
    lacking = [row.names[0] for row in rows if row.required and not _has(row, own)]
    lacking += [each.name for each in held.held if each.name.upper() not in own]
    if lacking:
        why = f"Render has no {told(lacking)} for {meant.service.name}"
        first = held.get(lacking[:1])
        by_file = first is not None and first.kind is not Kind.ASKED
        tells = SYNC if by_file else f"solofleet render env --push {lacking[0]}"
        seen = of_api(case, f"{meant.service.name} has {len(there)} variables")
        return not_so(why, tells, seen, *_reads(rows, lacking))
    words = f"{meant.service.name} has {len(there)} variables, with all that it needs"
    shown = replace(of_api(case, words), commit=case.snapshot.commit.oid)
    return done(*_written(held), shown)


def _by_file(case: Case, meant: Meant, held: Holding, rows: list[Row]) -> Answer:
    name = meant.service.name
    missing = [row.names[0] for row in rows if row.required and held.get(row.names) is None]
    if missing and not held.elsewhere:
        why = f"{name} has no {told(missing)} in render.yaml"
        return not_so(why, BLUEPRINT, *_reads(rows, missing))
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

"""The check of render.yaml: 38 schema and lints, and what of it only the code can tell."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Final

from core.render.blueprint.fault import Fault
from core.render.blueprint.linting import blueprint_faults
from core.render.blueprint.node import Items, Scalar, Table
from core.render.blueprint.services import command_text, services_of
from core.render.preflight.commit import joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import Mend, ReplaceLine
from core.render.preflight.services import BLUEPRINT
from core.render.preflight.snapshot import Root, Snapshot
from core.secret import looks_secret

TOLD_ELSEWHERE: Final = frozenset(
    {
        *("solo-pool", "shell-name", "no-concurrency", "same-node", "embedded-beat", "many-beats"),
        *("secret-value", "reference", "localhost", "rediss", "python-version", "eviction"),
        "flower-password",
    }
)
"""Rules of `core.render.blueprint` that other checks of the preflight tell, for any command."""


def blueprint(snapshot: Snapshot) -> Iterator[Seen]:
    """38: render.yaml by its schema, by the lints, and beside the code."""
    said = snapshot.blueprint
    if said.problem is not None:
        error = said.problem
        yield Seen(Severity.BLOCK, BLUEPRINT, _line(error.what), error.what, error.why, error.fix)
    if said.document is None:
        return
    lines = said.document.text.splitlines()
    for fault in blueprint_faults(said.document):
        if fault.rule not in TOLD_ELSEWHERE:
            yield _seen(fault, lines)
    for service in services_of(said.document.root):
        yield from _health(service, snapshot)
        yield from _build_filter(service, snapshot)


def _line(what: str) -> int | None:
    numbers = [part for part in what.split(" ")[0].split(":")[1:] if part.isdecimal()]
    return int(numbers[0]) if numbers else None


def _seen(fault: Fault, lines: list[str]) -> Seen:
    severity = Severity(fault.severity.value)
    mend = None
    # The change would be shown, and with it the value.
    is_shown = not looks_secret(fault.what.partition(" ")[0])
    if fault.rule == "bare-value" and is_shown and fault.line <= len(lines):
        bare = lines[fault.line - 1][fault.column - 1 :].split("#")[0].strip()
        old = f"value: {bare}"
        if lines[fault.line - 1].count(old) == 1:
            edit = ReplaceLine(BLUEPRINT, fault.line, old, f'value: "{bare}"')
            mend = Mend("put quotes around the value", (edit,))
    return Seen(severity, BLUEPRINT, fault.line, fault.what, fault.why, fault.fix, mend)


def _health(service: Table, snapshot: Snapshot) -> Iterator[Seen]:
    """Whether the code of the web service has a route for the path of the health check."""
    path = service.text("healthCheckPath").strip("/")
    entry = service.entry("healthCheckPath")
    root = _root_of(service, snapshot)
    if not path or entry is None or root is None or not root.web.likely:
        return
    if "flower" in command_text(service) or any(_routes(snapshot, root, path)):
        return
    what = f"no route of {service.text('name')} is named /{path}"
    why = "Render takes the service for dead while its health check gets no 2xx or 3xx"
    fix = "write a path that the app answers, without a login"
    yield Seen(Severity.WARN, BLUEPRINT, entry.value.line, what, why, fix)


def _routes(snapshot: Snapshot, root: Root, path: str) -> Iterator[bool]:
    """A true for each text in the web service's code that may be a route to the path."""
    last = path.rpartition("/")[2]
    for file in root.web.likely:
        for part in snapshot.codes[file].of(ast.Constant):
            match part.node:
                case ast.Constant(value=str(text)) if text.strip("/^$").endswith(last):
                    yield True
                case _:
                    pass


def _build_filter(service: Table, snapshot: Snapshot) -> Iterator[Seen]:
    """Whether all that a service imports is among the paths that start a build of it."""
    entry, root = service.entry("buildFilter"), _root_of(service, snapshot)
    table = service.table("buildFilter")
    paths = table.entry("paths") if table else None
    if entry is None or root is None or paths is None or not isinstance(paths.value, Items):
        return
    patterns = [item.text for item in paths.value if isinstance(item, Scalar)]
    outside = [
        path
        for path in sorted(root.certain)
        if patterns and not any(_fits(path, p) for p in patterns)
    ]
    if outside:
        what = (
            f"{outside[0]} is imported by {service.text('name')}, and its buildFilter leaves it out"
        )
        why = "a change of it would deploy nothing: old code would go on running"
        fix = f"add {outside[0]}, or its folder with /**, to buildFilter.paths"
        yield Seen(Severity.WARN, BLUEPRINT, entry.key.line, what, why, fix)


def _fits(path: str, pattern: str) -> bool:
    return fnmatch(path, pattern.replace("**/", "*").replace("**", "*"))


def _root_of(service: Table, snapshot: Snapshot) -> Root | None:
    path = joined("", service.text("rootDir"))
    return next((root for root in snapshot.roots if root.path == path), None)

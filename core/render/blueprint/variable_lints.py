"""Lints of environment variables: secrets, references that nobody expands, what YAML makes of them.

No text of a fault holds a value.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from core.render.blueprint.fault import Fault, Severity
from core.render.blueprint.node import Kind, Node, Scalar, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.schema import KEY_VALUES
from core.render.blueprint.services import databases_of, groups_of, services_of
from core.render.variables.wrong import reference_in, wrongs
from core.secret import looks_secret, mask_url

_YAML_1_1: Final = frozenset(("yes", "no", "on", "off", "y", "n"))
_RULES: Final = {"literal": "reference", "localhost": "localhost", "rediss": "rediss"}
_PYTHON: Final = re.compile(r"3\.\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Variable:
    """One item of `envVars`; `owner` is the service or group, `in_group` which of them."""

    table: Table
    owner: str
    in_group: bool

    @property
    def key(self) -> str:
        """Its name."""
        return self.table.text("key")

    @property
    def value(self) -> Scalar | None:
        """What stands in the file."""
        entry = self.table.entry("value")
        return entry.value if entry and isinstance(entry.value, Scalar) else None


def variables_of(document: Document) -> Iterator[Variable]:
    """All variables of all services and groups."""
    for is_group, owners in ((False, services_of), (True, groups_of)):
        for owner in owners(document.root):
            for table in owner.tables("envVars"):
                yield Variable(table, owner.text("name"), is_group)


def secret_value(variable: Variable, value: Scalar) -> Iterator[Fault]:
    """A secret that would be committed."""
    hidden = mask_url(value.text) != value.text
    if hidden or (looks_secret(variable.key) and value.text and not reference_in(value.text)):
        why = "a URL with a password" if hidden else "by its name a secret"
        yield _fault(
            value,
            "secret-value",
            f"{variable.key} of {variable.owner} has its value in the file",
            f"it is {why}, and would be committed",
            "Write `sync: false` in place of `value:` on the services, and change the secret.",
        )


def wrong_value(variable: Variable, value: Scalar) -> Iterator[Fault]:
    """`${REDIS_URL}`, `localhost`, `rediss://` that the result backend refuses."""
    for wrong in wrongs(variable.key, value.text):
        severity = Severity.BLOCK if wrong.sure else Severity.WARN
        what = f"{variable.key} of {variable.owner} {wrong.what}"
        yield _fault(value, _RULES[wrong.rule], what, wrong.why, wrong.fix, severity)


def bare_value(variable: Variable, value: Scalar) -> Iterator[Fault]:
    """`True`, `3.10`, `yes` without quotes."""
    if not value.plain:
        return
    word = value.text.lower()
    if value.kind is Kind.FLAG:
        why, severity = "YAML makes a truth value of it, which Render refuses", Severity.BLOCK
    elif value.kind is Kind.NUMBER:
        why, severity = "YAML makes a number of it: 3.10 becomes 3.1", Severity.WARN
    elif word in _YAML_1_1:
        why, severity = "by YAML 1.1, which many tools read, it is true or false", Severity.WARN
    else:
        return
    kind = "a word" if value.kind is Kind.TEXT else value.kind.value
    what = f"{variable.key} of {variable.owner} is {kind} without quotes"
    fix = "Put the value in quotes."
    yield Fault("bare-value", severity, value.line, value.column, what, why, fix)


def python_version(variable: Variable, value: Scalar) -> Iterator[Fault]:
    """`PYTHON_VERSION` that is not a whole version."""
    if variable.key == "PYTHON_VERSION" and not _PYTHON.fullmatch(value.text):
        yield _fault(
            value,
            "python-version",
            f"PYTHON_VERSION of {variable.owner} is no whole version",
            "Render wants all three numbers there",
            'Write it as "3.13.5".',
        )


def sync_in_group(document: Document) -> Iterator[Fault]:
    """`sync: false` where Render does not look at it."""
    for variable in variables_of(document):
        entry = variable.table.entry("sync")
        if variable.in_group and entry is not None:
            yield _fault(
                entry.key,
                "sync-in-group",
                f"{variable.key} of the group {variable.owner} has sync",
                "Render ignores it in groups, and asks for no value",
                "Put it on the services that need it, or set it in the Dashboard.",
                Severity.WARN,
            )


def dangling(document: Document) -> Iterator[Fault]:
    """References to a service or database that the file does not have, each of these once."""
    known = {(one.text("type"), one.text("name")) for one in services_of(document.root)}
    databases = set(_databases(document))
    found: dict[str, list[tuple[Variable, Table]]] = {}
    for variable in variables_of(document):
        if source := variable.table.table("fromService"):
            kind, name = source.text("type"), source.text("name")
            same = {(kind, name), ("redis", name), ("keyvalue", name)}
            if name and not known & (same if kind in KEY_VALUES else {(kind, name)}):
                found.setdefault(f"{kind} {name}", []).append((variable, source))
        elif source := variable.table.table("fromDatabase"):
            name = source.text("name")
            if name and name not in databases:
                found.setdefault(f"the database {name}", []).append((variable, source))
    for what, places in found.items():
        yield _elsewhere(what, *places[0], len(places) - 1)


def _databases(document: Document) -> Iterator[str]:
    """The names of all databases and of their replicas."""
    for database in databases_of(document.root):
        yield database.text("name")
        yield from (one.text("name") for one in database.tables("readReplicas"))


def _elsewhere(what: str, variable: Variable, source: Table, more: int) -> Fault:
    others = f", as do {more} more variables" if more > 1 else ", as does another" if more else ""
    return _fault(
        source,
        "dangling",
        f"{variable.key} of {variable.owner} refers to {what}, which is not here{others}",
        "Render then looks in the workspace; where it is not there either, it refuses the file",
        "Mend the name or the type, or see that it is there before the Blueprint is.",
        Severity.WARN,
    )


def two_sources(document: Document) -> Iterator[Fault]:
    """A value that is written and asked for at once, which Render refuses in these words."""
    for variable in variables_of(document):
        entry = variable.table.entry("sync")
        if entry is not None and "value" in variable.table:
            yield _fault(
                entry.key,
                "value-and-sync",
                f"{variable.key} of {variable.owner} has both value and sync",
                "cannot simultaneously specify fields value and sync",
                "Keep `value:` for what everybody may read, `sync: false` for secrets.",
            )


def values(document: Document) -> Iterator[Fault]:
    """All lints of one value."""
    for variable in variables_of(document):
        if (value := variable.value) is not None:
            for lint in VALUE_LINTS:
                yield from lint(variable, value)


def _fault(
    node: Node, rule: str, what: str, why: str, fix: str, severity: Severity = Severity.BLOCK
) -> Fault:
    return Fault(rule, severity, node.line, node.column, what, why, fix)


VALUE_LINTS: Final[tuple[Callable[[Variable, Scalar], Iterator[Fault]], ...]] = (
    secret_value,
    wrong_value,
    bare_value,
    python_version,
)
VARIABLE_LINTS: Final = (values, sync_in_group, dangling, two_sources)

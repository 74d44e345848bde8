"""Checks a Blueprint against the schema, and tells each fault with its line."""

import difflib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, assert_never

from core.render.blueprint.fault import Fault, Severity
from core.render.blueprint.node import Entry, Items, Kind, Node, Scalar, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.schema import FORMER, ROOT
from core.render.blueprint.shapes import Choice, Flag, Keys, ListOf, Shape, Text, Whole, Word
from core.settings.tables import nearest

SCHEMA: Final = "schema"


def schema_faults(document: Document, *, strict: bool = True) -> tuple[Fault, ...]:
    """What Render's schema refuses, in the order of the file.

    Not `strict`: without what Render itself takes all the same, as its documentation says, and with
    a warning in place of a block for a number where the schema wants a text.
    """
    if document.root is None:
        return ()
    faults = set(_Checking(strict).node(document.root, ROOT))
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.column, fault.what)))


def fits(node: Node, shape: Shape) -> bool:
    """Whether the schema takes a part of a Blueprint as what it stands for."""
    return next(_Checking(True).node(node, shape), None) is None


class _Checking:
    """Each value is checked once against a shape, however many aliases lead to it."""

    def __init__(self, strict: bool) -> None:
        self._former = {} if strict else FORMER
        self._strict = strict
        self._seen: set[tuple[int, int]] = set()

    def node(self, node: Node, shape: Shape, key: str = "") -> Iterator[Fault]:
        if (id(node), id(shape)) in self._seen:
            return
        self._seen.add((id(node), id(shape)))
        match shape:
            case Text() | Word() | Whole() | Flag():
                if (expected := _unlike(node, shape)) is not None:
                    bare = None if self._strict else _bare_number(node, shape, key)
                    yield bare or _wrong(node, key, expected)
            case ListOf():
                if not isinstance(node, Items):
                    yield _wrong(node, key, "a list, each item after a `- `")
                    return
                for item in node:
                    yield from self.node(item, shape.item, f"an item of {key}")
            case Keys():
                yield from self._table(node, shape)
            case Choice():
                yield from self._choice(node, shape)
            case _:
                assert_never(shape)

    def _table(self, node: Node, shape: Keys) -> Iterator[Fault]:
        if not isinstance(node, Table):
            yield _wrong(node, shape.name, "a table of keys and values")
            return
        today = {old: key for key, old in self._former.items() if key not in node}
        for entry in node.all():
            key = today.get(entry.key.text, entry.key.text)
            if key in shape.keys:
                yield from self.node(entry.value, shape.keys[key], key)
            elif not shape.open:
                yield _unknown(entry, shape)
        for key in shape.required:
            if key not in node and self._former.get(key, key) not in node:
                yield _missing(node, shape, key)

    def _choice(self, node: Node, shape: Choice) -> Iterator[Fault]:
        if not isinstance(node, Table):
            yield _wrong(node, shape.name, "a table of keys and values")
            return
        by = shape.by or ""
        said = node.text(by) or node.text(self._former.get(by, by))
        chosen = shape.shapes.get(said) if shape.by else None
        if shape.by is None:
            chosen = next((shape.shapes[key] for key in shape.shapes if key in node), None)
        chosen = chosen or shape.otherwise
        if chosen is not None:
            yield from self.node(node, chosen)
        elif shape.by and (entry := node.entry(shape.by)):
            fault = _wrong(entry.value, shape.by, f"one of {', '.join(shape.shapes)}")
            fix = _MEANT.get(node.text(shape.by)) if shape.by == "type" else None
            yield fault if fix is None else replace(fault, fix=fix)
        elif shape.by:
            yield _absent(node, shape.name, shape.by)


def _unlike(node: Node, shape: Text | Word | Whole | Flag) -> str | None:
    """What was expected in place of the value; None when it is as expected."""
    kind, text = (node.kind, node.text) if isinstance(node, Scalar) else (None, "")
    match shape:
        case Text():
            fine = kind is Kind.TEXT or (shape.numbers and kind is Kind.NUMBER)
            return None if fine else 'a text, in quotes: "…"'
        case Word():
            fine = kind is Kind.TEXT and text in shape.words
            return None if fine else f"one of {', '.join(shape.words)}"
        case Whole():
            number = _whole(text) if kind is Kind.NUMBER else None
            most = shape.most
            fine = number is not None and shape.least <= number and (most is None or number <= most)
            upto = "" if most is None else f" to {most}"
            return None if fine else f"a whole number from {shape.least}{upto}"
        case Flag():
            return None if kind is Kind.FLAG else "true or false, without quotes"


def _bare_number(node: Node, shape: Text | Word | Whole | Flag, key: str) -> Fault | None:
    """A number that would be fine as a text: what is wrong are the quotes alone."""
    if not isinstance(node, Scalar) or node.kind is not Kind.NUMBER:
        return None
    if not isinstance(shape, Text) and not (isinstance(shape, Word) and node.text in shape.words):
        return None
    why = "Render's schema wants a text there; some numbers lose digits: 3.10 becomes 3.1"
    fix = f'Write it in quotes: {key}: "{node.text}".'
    what = f"{key} is a number without quotes"
    return Fault(SCHEMA, Severity.WARN, node.line, node.column, what, why, fix)


def _whole(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:  # 0x1F
        return None
    return int(number) if number.is_integer() else None


def _wrong(node: Node, key: str, expected: str) -> Fault:
    fix = f"Write {expected}."
    return _fault(node, f"{key or 'the Blueprint'} is wrong", f"it must be {expected}", fix)


def _unknown(entry: Entry, shape: Keys) -> Fault:
    return _fault(
        entry.key,
        f"{shape.name} has no key {entry.key.text}",
        "Render refuses a Blueprint with keys that it does not know",
        f"Remove it; {nearest(entry.key.text, shape.keys)}"
        if difflib.get_close_matches(entry.key.text, shape.keys)
        else "Remove it, or look up its name at https://render.com/docs/blueprint-spec.",
    )


def _missing(node: Table, shape: Keys, key: str) -> Fault:
    return _absent(node, shape.name, key)


def _absent(node: Table, name: str, key: str) -> Fault:
    called = node.text("name") or node.text("key")
    what = f"{name} {called} has no {key}" if called else f"{name} has no {key}"
    why, fix = _MISSING.get(key, (f"Render needs {key} there", f"Add `{key}: …`."))
    return _fault(node, what, why, fix)


_MEANT: Final = {
    **dict.fromkeys(("static", "static_site"), "Write `type: web` and `runtime: static`."),
    **dict.fromkeys(("kv", "key_value"), "Write `type: keyvalue`."),
    **dict.fromkeys(("background_worker", "background"), "Write `type: worker`."),
    **dict.fromkeys(("private", "private_service"), "Write `type: pserv`."),
    **dict.fromkeys(("web_service", "api"), "Write `type: web`."),
    **dict.fromkeys(
        ("db", "database", "postgres", "postgresql", "pg"),
        "Move it below `databases:` at the root; it has no type there.",
    ),
}
"""What is meant by types that a Blueprint does not have: words of the API and of people."""

_MISSING: Final = {
    "ipAllowList": (
        "Render asks who may reach it from outside",
        "Add `ipAllowList: []`: nobody; your services reach it all the same.",
    ),
}


def _fault(node: Node, what: str, why: str, fix: str) -> Fault:
    return Fault(SCHEMA, Severity.BLOCK, node.line, node.column, what, why, fix)

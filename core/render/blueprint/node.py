"""The tree of a YAML file, each value with the place where it stands.

Offsets count characters of the text, lines and columns start at 1. A value that is written once and
used again through `*alias` is one object in several places of the tree, and `shared`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What a scalar is by the rules of YAML 1.2."""

    TEXT = "text"
    NUMBER = "a number"
    FLAG = "true or false"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: `text` as YAML reads it. `plain`: it is written without quotes."""

    text: str
    kind: Kind
    line: int
    column: int
    start: int
    end: int
    plain: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `flow`: in brackets."""

    items: "tuple[Node, ...]"
    line: int
    column: int
    start: int
    end: int
    flow: bool
    shared: bool = False

    def __iter__(self) -> "Iterator[Node]":
        return iter(self.items)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping: its own entries in order, and what `<<` adds to them. `flow`: in braces.

    `tail` is where the last key ends, be it one of `entries` or `<<`.
    """

    entries: tuple[Entry, ...]
    line: int
    column: int
    start: int
    end: int
    flow: bool
    shared: bool = False
    merged: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    tail: int = 0

    def entry(self, key: str) -> Entry | None:
        """The entry of this key, its own or one from `<<`."""
        return self.own(key) or self.merged.get(key)

    def own(self, key: str) -> Entry | None:
        """The entry of this key that stands in this very table."""
        return next((entry for entry in self.entries if entry.key.text == key), None)

    def all(self) -> tuple[Entry, ...]:
        """Its own entries, then those from `<<` that it has not itself."""
        own = {entry.key.text for entry in self.entries}
        return (*self.entries, *(entry for key, entry in self.merged.items() if key not in own))

    def __contains__(self, key: str) -> bool:
        return self.entry(key) is not None

    def text(self, key: str) -> str:
        """The text of a scalar; empty when there is none of this key."""
        entry = self.entry(key)
        value = None if entry is None else entry.value
        return value.text if isinstance(value, Scalar) and value.kind is not Kind.NOTHING else ""

    def table(self, key: str) -> "Table | None":
        """The table of this key; None when there is none, or something else."""
        entry = self.entry(key)
        return entry.value if entry and isinstance(entry.value, Table) else None

    def tables(self, key: str) -> "tuple[Table, ...]":
        """The tables in the list of this key; whatever else is in it is left out."""
        entry = self.entry(key)
        items = entry.value if entry and isinstance(entry.value, Items) else ()
        return tuple(item for item in items if isinstance(item, Table))


Node: TypeAlias = Scalar | Items | Table

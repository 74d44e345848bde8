"""Changes a YAML text at single places: whatever is not meant stays byte for byte as it is.

What is added is indented as its neighbours are, in their style, with the line ends of the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import USAGE, FleetError
from core.render.blueprint.node import Entry, Items, Kind, Node, Scalar, Table
from core.render.blueprint.reading import Document
from core.render.blueprint.yaml_text import Value, block, flow


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `text` between two offsets; of two edits at one place the deeper one comes first."""

    start: int
    end: int
    text: str
    depth: int = 0


class Editing:
    """The changes to one document, in any order; `text` gives the result."""

    def __init__(self, document: Document) -> None:
        assert document.root is not None, "a file that says nothing is written anew"
        self._document = document
        self._edits: list[Edit] = []
        self._waiting: dict[int, tuple[Table, dict[str, Value]]] = {}

    @property
    def text(self) -> str:
        """The text with all changes."""
        for table, entries in self._waiting.values():
            self._insert(table, entries)
        self._waiting.clear()
        text = self._document.text
        order = sorted(enumerate(self._edits), key=lambda e: (e[1].start, -e[1].depth, e[0]))
        for _, edit in reversed(order):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def put(self, table: Table, key: str, value: Value) -> None:
        """Set a key: in place of its value, or behind the last entry of the table."""
        entry = table.own(key)
        if entry is None:
            self._changes(table, key)
            self._waiting.setdefault(id(table), (table, {}))[1][key] = value
            return
        self._changes(entry.value, key)
        start, end = entry.value.start, self._end(entry)
        is_empty = isinstance(entry.value, Scalar) and entry.value.kind is Kind.NOTHING
        if table.flow or isinstance(value, str | int):
            lead = " " if is_empty and start == end else ""
            self._edits.append(Edit(start, end, lead + flow(value)))
        else:
            lines = self._lines(block(value), table.column - 1 + 2)
            before = len(self._document.text[:start].rstrip())
            self._edits.append(Edit(before, end, lines))

    def append(
        self, table: Table, key: str, items: Iterable[Value], *, apart: bool = False
    ) -> None:
        """Add items to the list of this key, which is made when it is missing or empty.

        `apart`: a blank line before each.
        """
        items = list(items)
        entry = table.entry(key)
        found = entry.value if entry else None
        if not items:
            return
        if found is None or (isinstance(found, Scalar) and found.kind is Kind.NOTHING):
            self.put(table, key, items)
        elif not isinstance(found, Items):
            raise _refused(self._document, found, key, "it is no list")
        elif not found.items:
            self.put(table, key, items)
        else:
            self._changes(found, key)
            self._append(found, items, apart)

    def rename(self, entry: Entry, key: str) -> None:
        """Give an entry another key."""
        self._changes(entry.key, key)
        self._edits.append(Edit(entry.key.start, entry.key.end, key))

    def _append(self, found: Items, items: list[Value], apart: bool) -> None:
        if found.flow:
            text = "".join(f", {flow(item)}" for item in items)
            end = len(self._document.text[: found.end - 1].rstrip())
            self._edits.append(Edit(end, end, text))
            return
        indent = found.column - 1
        blank = self._document.line_end if apart else ""
        text = "".join(blank + self._lines(block([item]), indent) for item in items)
        place = self._line_end(self._last(found))
        self._edits.append(Edit(place, place, text, indent))

    def _insert(self, table: Table, entries: Mapping[str, Value]) -> None:
        if table.flow:
            pairs = flow(entries)[1:-1]
            end = len(self._document.text[: table.end - 1].rstrip())
            self._edits.append(Edit(end, end, f", {pairs}" if table.entries else pairs))
            return
        indent = table.column - 1
        place = self._line_end(self._last(table))
        text = self._lines(block(entries), indent)
        self._edits.append(Edit(place, place, text, indent))

    def _lines(self, lines: Iterable[str], indent: int) -> str:
        line_end = self._document.line_end
        return "".join(f"{line_end}{' ' * indent}{line}" for line in lines)

    def _end(self, entry: Entry) -> int:
        """Where the value of an entry ends, without what follows it."""
        if entry.value.start < entry.key.start:  # an alias: the value stands elsewhere
            return entry.key.end
        return self._last(entry.value)

    def _last(self, node: Node) -> int:
        match node:
            case Scalar():
                return node.start + len(self._document.text[node.start : node.end].rstrip())
            case Table(flow=False):
                last = node.entries[-1] if node.entries else None
                # The last one may be `<<: *alias`, which stays on its line.
                return self._end(last) if last and last.key.end == node.tail else node.tail
            case Items(flow=False) if node.items and node.items[-1].start > node.start:
                return self._last(node.items[-1])
            case _:
                return len(self._document.text[: node.end].rstrip())

    def _line_end(self, place: int) -> int:
        text = self._document.text
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        return end - 1 if text[end - 1 : end] == "\r" and end > place else end

    def _changes(self, node: Node, key: str) -> None:
        if node.shared:
            raise _refused(self._document, node, key, "other places use the same through an alias")


def _refused(document: Document, node: Node, key: str, why: str) -> FleetError:
    return FleetError(
        f"{document.file}:{node.line} cannot be changed: {key}",
        why,
        "Write the values out at that place, without anchor and alias."
        if node.shared
        else f"Make {key} a list.",
        exit_code=USAGE,
    )

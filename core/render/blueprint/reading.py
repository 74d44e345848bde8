"""Reads render.yaml, as YAML 1.2, and refuses what nobody could edit safely.

Files of others are hostile at times: anchors that multiply, keys that stand twice. What is refused
is told with its line. ruamel.yaml parses; nothing is constructed from tags.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from core.errors import USAGE, FleetError
from core.render.blueprint.node import Entry, Items, Kind, Node, Scalar, Table

MAX_BYTES: Final = 200_000
"""A second or two of parsing; the largest public Blueprints have 20,000."""
MAX_VALUES: Final = 50_000
"""How many values there may be once every alias is followed."""

_KINDS: Final = {"int": Kind.NUMBER, "float": Kind.NUMBER, "bool": Kind.FLAG, "null": Kind.NOTHING}
_MERGE: Final = "merge"


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its text without the byte order mark, and its root; None when it says nothing."""

    file: Path
    text: str
    root: Table | None
    bom: bool = False

    @property
    def line_end(self) -> str:
        """How its lines end, by the first of them."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"


def find_above(folder: Path, name: str) -> Path | None:
    """The file of this name in a folder, or in one above it in its repository. Blocks."""
    for place in (folder, *folder.parents):
        if (place / name).is_file():
            return place / name
        if (place / ".git").exists():
            break
    return None


def read_file(file: Path) -> Document:
    """Read a file; one that is not there says nothing. Raises FleetError as `read_text`. Blocks."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        data = b""
    except OSError as error:
        why = "it is a folder" if file.is_dir() else error.strerror or str(error)
        raise FleetError(f"{file} could not be read", why, "Check the file.") from error
    if len(data) > MAX_BYTES:
        _refuse(file, f"it has more than {MAX_BYTES:,} bytes", "Is this the file that you mean?")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse(file, "it is UTF-16, which PowerShell 5 writes with >", "Save it as UTF-8.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _refuse(f"{file}:{line}", f"byte {error.start} is not UTF-8", "Save the file as UTF-8.")
    return read_text(text, file)


def read_text(text: str, file: Path) -> Document:
    """Read a text; `file` is for what is told.

    Raises FleetError, with line and column: no YAML, not a mapping, a key that stands twice, an
    alias that holds itself, aliases that multiply.
    """
    bom = text.startswith("\ufeff")
    text = text.removeprefix("\ufeff")
    parser: Any = YAML(typ="safe", pure=True)  # ruamel's methods and nodes have no types
    try:
        raw: Any = parser.compose(text)
    except RecursionError:
        _refuse(file, "it is nested too deeply", "Write the file out flat, as Render's docs do.")
    except MarkedYAMLError as error:
        raise _no_yaml(file, error) from error
    except YAMLError as error:
        _refuse(file, str(error).splitlines()[0], "Remove that character.")
    root = None if raw is None else _Reading(file, text, raw).node(raw)
    if root is None or (isinstance(root, Scalar) and root.kind is Kind.NOTHING):
        return Document(file, text, None, bom)
    if not isinstance(root, Table):
        fix = "Start with a key such as `services:` at the left margin."
        _refuse(f"{file}:{root.line}", "a Blueprint is a mapping with keys, this is not", fix)
    return Document(file, text, root, bom)


def _no_yaml(file: Path, error: MarkedYAMLError) -> FleetError:
    parts: Any = error
    mark = parts.problem_mark or parts.context_mark
    place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
    why = ", ".join(filter(None, (parts.context, parts.problem)))
    fix = "Mend that line."
    if "\\t" in why:
        why, fix = "YAML allows no tab in front of a line", "Put spaces in place of the tab."
    elif "expected a single document" in why:
        why, fix = "it holds several documents, and Render reads one", "Remove the `---` inside it."
    return FleetError(f"{place} is not valid YAML", why, fix, exit_code=USAGE)


class _Reading:
    """Makes our nodes of ruamel's, each once, however often it is used."""

    def __init__(self, file: Path, text: str, root: Any) -> None:
        self._file = file
        self._text = text
        self._made: dict[int, Node] = {}
        self._sizes: dict[int, int] = {}
        self._shared = _shared(root)
        self._open: set[int] = set()

    def node(self, raw: Any) -> Node:
        if id(raw) in self._made:
            return self._made[id(raw)]
        if id(raw) in self._open:
            self._refuse(raw, f"the anchor &{raw.anchor} holds itself", "Write the values out.")
        self._open.add(id(raw))
        made = self._make(raw)
        self._open.discard(id(raw))
        self._made[id(raw)] = made
        size = 1 + sum(self._sizes[id(child)] for child in _children(raw))
        self._sizes[id(raw)] = size
        if size > MAX_VALUES:
            why = f"its aliases, followed, make more than {MAX_VALUES:,} values"
            self._refuse(raw, why, "Write the values out, without anchors.")
        return made

    def _make(self, raw: Any) -> Node:
        start, shared = raw.start_mark, id(raw) in self._shared
        place = (start.line + 1, start.column + 1, start.index, raw.end_mark.index)
        if isinstance(raw.value, str):
            kind = _KINDS.get(raw.tag.rpartition(":")[2], Kind.TEXT)
            return Scalar(raw.value, kind, *place, raw.style is None, shared)
        flow = bool(raw.flow_style)
        if raw.id == "sequence":
            return Items(tuple(self.node(item) for item in raw.value), *place, flow, shared)
        return self._table(raw, place, flow, shared)

    def _table(self, raw: Any, place: tuple[int, int, int, int], flow: bool, shared: bool) -> Table:
        entries: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        for raw_key, raw_value in raw.value:
            key, value = self.node(raw_key), self.node(raw_value)
            if not isinstance(key, Scalar):
                self._refuse(raw_key, "a key is a list or a mapping", "Make it a word.")
            if raw_key.tag.endswith(f":{_MERGE}"):
                merged = {**self._merged(raw_value, value), **merged}
            elif key.text in entries:
                first = entries[key.text].key.line
                why = f"the key {key.text} stands there a second time, first in line {first}"
                self._refuse(raw_key, why, "Remove one of the two: Render would take one of them.")
            else:
                entries[key.text] = Entry(key, self._behind(key, value))
        tail = raw.value[-1][0].end_mark.index if raw.value else place[2]
        return Table(tuple(entries.values()), *place, flow, shared, merged, tail)

    def _behind(self, key: Scalar, value: Node) -> Node:
        """A value that is not there stands behind its colon; ruamel has it at the next word."""
        if not isinstance(value, Scalar) or value.kind is not Kind.NOTHING or value.text:
            return value
        place = self._text.find(":", key.end) + 1 or key.end
        return replace(value, line=key.line, column=key.column, start=place, end=place)

    def _merged(self, raw: Any, value: Node) -> Mapping[str, Entry]:
        tables = value.items if isinstance(value, Items) else (value,)
        found: dict[str, Entry] = {}
        for table in tables:
            if not isinstance(table, Table):
                self._refuse(raw, "<< takes in mappings alone", "Write the values out.")
            found = {**{entry.key.text: entry for entry in table.all()}, **found}
        return found

    def _refuse(self, raw: Any, why: str, fix: str) -> NoReturn:
        mark = raw.start_mark
        _refuse(f"{self._file}:{mark.line + 1}:{mark.column + 1}", why, fix)


def _children(raw: Any) -> tuple[Any, ...]:
    if isinstance(raw.value, str):
        return ()
    if raw.id == "mapping":
        return tuple(chain.from_iterable(raw.value))
    return tuple(raw.value)


def _shared(root: Any) -> frozenset[int]:
    """The nodes that stand in several places of the tree."""
    seen: set[int] = set()
    shared: set[int] = set()
    waiting = [root]
    while waiting:
        raw = waiting.pop()
        if id(raw) in seen:
            shared.add(id(raw))
            continue
        seen.add(id(raw))
        waiting += _children(raw)
    return frozenset(shared)


def _refuse(place: Path | str, why: str, fix: str) -> NoReturn:
    raise FleetError(f"{place} cannot be used", why, fix, exit_code=USAGE)

"""Fixes that can be made for a person: what would be written, as plain data.

A mend is made for what git has, and is applied to the working tree. Where that has changed
meanwhile, `core.render.preflight.mending` refuses it.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ReplaceLine:
    """Line `line` (from 1), which has `old` in it, gets `new` in its place; once."""

    file: str
    line: int
    old: str
    new: str

    def __repr__(self) -> str:
        return f"ReplaceLine({self.file!r}, line {self.line})"


@dataclass(frozen=True, slots=True)
class AddLine:
    """A line at the end of a file, which is made as needed; nothing when it is there already."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class WriteFile:
    """A file of one line, where there is none yet."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The whole file as UTF-8 with LF, whatever it was before."""

    file: str


@dataclass(frozen=True, slots=True)
class MakeExecutable:
    """The exec bit, in git's index; the working tree of Windows has none."""

    file: str


Edit: TypeAlias = ReplaceLine | AddLine | WriteFile | Rewrite | MakeExecutable


@dataclass(frozen=True, slots=True)
class Mend:
    """All edits of one fix, and what a button for it says."""

    label: str
    edits: tuple[Edit, ...]

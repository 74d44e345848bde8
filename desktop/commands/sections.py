"""The keys by group, as the sheet of keys shows them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop.commands.command import Command

_NUMBERED: Final = re.compile(r"(.+ )(\d+)")


@dataclass(frozen=True, slots=True)
class Line:
    """What is done, and the keys that do it; `to_last`: and those between the two."""

    label: str
    keys: tuple[str, ...]
    to_last: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The keys of one group."""

    title: str
    lines: tuple[Line, ...]


def sections(commands: Iterable[Command]) -> tuple[Section, ...]:
    """Groups in the order in which they first come, each with its keys; numbered ones are one."""
    groups: dict[str, dict[str, list[Command]]] = {}
    for command in commands:
        if command.key:
            found = _NUMBERED.fullmatch(command.label)
            stem = found[1] if found else command.label
            groups.setdefault(command.group, {}).setdefault(stem, []).append(command)
    return tuple(
        Section(title, tuple(_line(alike) for alike in stems.values()))
        for title, stems in groups.items()
    )


def _line(alike: list[Command]) -> Line:
    first, last = alike[0], alike[-1]
    if first is last:
        return Line(first.label, tuple(key for key in (first.key, first.also) if key))
    number = last.label.rpartition(" ")[2]
    return Line(f"{first.label} to {number}", (first.key, last.key), to_last=True)

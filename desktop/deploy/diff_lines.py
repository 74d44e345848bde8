"""The lines of a unified diff, each with its number in the file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["file", "same", "added", "removed", "gap"]
_HUNK: Final = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`number` counts from 1, in the old file for what is removed; 0 for what has none."""

    kind: Kind
    number: int
    text: str


def diff_lines(diff: Iterable[str]) -> Iterator[DiffLine]:
    """Take a unified diff apart. Of several files each begins with its name."""
    old = new = 0
    before = ""
    for line in diff:
        hunk = _HUNK.match(line)
        if line.startswith("--- "):
            before = line[4:]
            old = new = 0
        elif line.startswith("+++ "):
            yield DiffLine("file", 0, _named(before, line[4:]))
        elif hunk is not None:
            if old or new:
                yield DiffLine("gap", 0, "…")
            old, new = int(hunk[1]), int(hunk[2])
        elif line.startswith("-"):
            yield DiffLine("removed", old, line[1:])
            old += 1
        elif line.startswith("+"):
            yield DiffLine("added", new, line[1:])
            new += 1
        elif old or new:
            yield DiffLine("same", new, line[1:])
            old, new = old + 1, new + 1
        else:
            yield DiffLine("same", 0, line)


def _named(before: str, after: str) -> str:
    name = after.strip().removeprefix("b/")
    return f"{name}, a new file" if before.strip() == "/dev/null" else name


def counted(lines: Iterable[DiffLine]) -> tuple[int, int]:
    """How many lines are added, and how many removed."""
    kinds = [line.kind for line in lines]
    return kinds.count("added"), kinds.count("removed")

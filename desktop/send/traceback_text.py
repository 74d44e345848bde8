"""Takes a Python traceback apart, and folds what is not the project's own code."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import Final

_FRAME: Final = re.compile(r'  File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<where>.*))?$')
_PACKAGES: Final = ("site-packages", "dist-packages")


@dataclass(frozen=True, slots=True)
class Source:
    """A line of code: `line` counts from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One call: where it is, the name of the function, the code that ran (lines without indent)."""

    source: Source
    where: str
    code: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """Calls in a row that are somebody else's: how many, and in which package."""

    count: int
    package: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line that is no frame; `final` ones say what was raised."""

    text: str
    final: bool = False


Part = Frame | Folded | Words


def read_traceback(text: str, root: PurePath) -> tuple[Part, ...]:
    """The parts in order; frames below `root`, but of no installed package, stay as they are."""
    folded: list[Part] = []
    for package, parts in groupby(_parts(text.splitlines()), lambda part: _package(part, root)):
        run = list(parts)
        folded += run if package is None else [Folded(len(run), package)]
    return tuple(folded)


def shown_place(source: Source, root: PurePath) -> str:
    """`file:line`, as seen from the project's folder."""
    path = PurePath(source.file)
    if path.is_relative_to(root):
        path = path.relative_to(root)
    return f"{path.as_posix()}:{source.line}"


def _parts(lines: Iterable[str]) -> Iterator[Frame | Words]:
    frame: Frame | None = None
    for line in lines:
        found = _FRAME.match(line)
        if found is None and frame is not None and line.startswith("    "):
            code = line.strip()
            if set(code) - set("^~ "):  # markers under the code say nothing that the code does not
                frame = Frame(frame.source, frame.where, (*frame.code, code))
            continue
        if frame is not None:
            yield frame
        frame = found and Frame(
            Source(found["file"], int(found["line"])), (found["where"] or "").strip()
        )
        if found is None:
            yield Words(line, final=bool(line.strip()) and not line.startswith((" ", "Traceback")))
    if frame is not None:
        yield frame


def _package(part: Part, root: PurePath) -> str | None:
    """Whose code it is; None where it is the project's, or no code."""
    if not isinstance(part, Frame):
        return None
    path = PurePath(part.source.file)
    folders = path.parts
    for packages in _PACKAGES:
        if packages in folders:
            inner = folders[folders.index(packages) + 1 :]
            return inner[0].removesuffix(".py") if inner else packages
    if path.is_relative_to(root) or not path.is_absolute():
        return None
    return "Python" if re.search(r"[/\\][Ll]ib[/\\]", part.source.file) else path.parent.name

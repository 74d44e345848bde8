"""Which changes of files make running processes old, and how they are told."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from core.project.tree import SKIPPED

SHOWN: Final = 3


def is_source(file: Path, root: Path) -> bool:
    """Whether a file is Python source of the project at `root`.

    What `look_around` passes over does not count: environments, caches, hidden folders, tests.
    """
    if file.suffix != ".py" or not file.is_relative_to(root):
        return False
    *folders, name = file.relative_to(root).parts
    if name.startswith("test_") or name == "conftest.py":
        return False
    if any(folder.startswith(".") or folder.lower() in SKIPPED for folder in folders):
        return False
    above = (root.joinpath(*folders[:depth]) for depth in range(1, len(folders) + 1))
    return not any((folder / "pyvenv.cfg").exists() for folder in above)


def names_of(files: Iterable[Path], root: Path) -> str:
    """The changed files in a few words: "tasks.py", "a.py, b.py, c.py and 4 others"."""
    names = [file.relative_to(root).as_posix() for file in sorted(files)]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} others" if more > 0 else "")


def processes(workers: int, rows: Iterable[str]) -> str:
    """Who is given a new process: "4 workers and beat"."""
    fleet = [f"{workers} worker{'s' if workers > 1 else ''}"] if workers else []
    *others, last = [*fleet, *rows]
    return f"{', '.join(others)} and {last}" if others else last

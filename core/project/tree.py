"""A bounded look at the folders of a project: what may hold a Celery app."""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_DEPTH: Final = 6
"""Folders below the opened one that are looked into."""
MAX_FILES: Final = 5000
"""Python files that are listed at most."""
DECLARING_FILES: Final = (
    ".env.local",
    ".env",
    "Procfile",
    "Procfile.dev",
    "render.yaml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yml",
    "compose.yaml",
)
"""Files that may name the app, the surest first."""
_LIBRARIES = ("node_modules", "site-packages", "dist-packages", "vendor")
_ENVIRONMENTS = ("venv", "env", "virtualenv")
_MADE = ("__pycache__", "build", "dist", "htmlcov", "static", "media", "templates", "migrations")
_TESTS = ("tests", "test", "testing")
SKIPPED: Final = frozenset((*_LIBRARIES, *_ENVIRONMENTS, *_MADE, *_TESTS))
"""Folders that hold no app of this project. Hidden ones and those with a `pyvenv.cfg` too."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What a walk saw, nearest to the root first and by name within a folder.

    `notes` says in words which limit was hit and what could not be read.
    """

    root: Path
    folders: tuple[Path, ...]
    python: tuple[Path, ...]
    declaring: tuple[Path, ...]
    notes: tuple[str, ...]


def look_around(root: Path, *, max_depth: int = MAX_DEPTH, max_files: int = MAX_FILES) -> Tree:
    """List folders, Python files and declaring files at or below `root`.

    Links are not followed, so the walk ends. Tests are left out: their apps are not the one.
    """
    folders: list[Path] = []
    python: list[Path] = []
    declaring: list[Path] = []
    notes: list[str] = []
    waiting = deque([(root, 0)])
    too_deep = 0
    while waiting:
        folder, depth = waiting.popleft()
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            notes.append(f"{folder} could not be read: {error.strerror or error}")
            continue
        folders.append(folder)
        before = len(python)
        deeper = 0
        for entry in entries:
            if entry.suffix == ".py" and _holds_no_tests(entry):
                python.append(entry)
            elif entry.name in DECLARING_FILES:
                declaring.append(entry)
            elif _is_own_folder(entry):
                if depth < max_depth:
                    waiting.append((entry, depth + 1))
                else:
                    deeper += 1
        # A tree of other files, such as a web frontend, is not worth a word.
        too_deep += deeper if len(python) > before else 0
        if len(python) > max_files:
            notes.append(
                f"Only the first {max_files} Python files of {root} were looked at; "
                f"{len(waiting)} folders are left out."
            )
            del python[max_files:]
            break
    if too_deep:
        notes.append(f"{too_deep} folders deeper than {max_depth} below {root} were not looked at.")
    declaring.sort(key=lambda file: (len(file.parts), DECLARING_FILES.index(file.name)))
    return Tree(root, tuple(folders), tuple(python), tuple(declaring), tuple(notes))


def absolute(path: Path) -> Path:
    """Give the absolute path, links and mapped drives kept as the user knows them."""
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100, resolve() follows links


def between(folder: Path, root: Path) -> Iterator[Path]:
    """Yield `folder`, the one above it, and so on up to `root` itself."""
    yield folder
    while folder != root and folder.parent != folder:
        folder = folder.parent
        yield folder


def _holds_no_tests(file: Path) -> bool:
    return not file.name.startswith("test_") and file.name != "conftest.py"


def _is_own_folder(entry: Path) -> bool:
    name = entry.name
    if name.startswith(".") or name.lower() in SKIPPED or name.endswith(".egg-info"):
        return False
    try:
        return entry.is_dir() and not _is_link(entry) and not (entry / "pyvenv.cfg").exists()
    except OSError:
        return False


def _is_link(entry: Path) -> bool:
    # A junction is what Windows users make without rights for links (Path.is_junction: 3.12).
    is_junction = getattr(entry, "is_junction", None)
    return entry.is_symlink() or bool(is_junction and is_junction())

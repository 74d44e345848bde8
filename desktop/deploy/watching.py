"""Tells which files that Render would be sent, or that say what it gets, have changed."""

import os
import re
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from typing import Final

from core.project.tree import SKIPPED
from core.watching import bursts_below

BURST_MS: Final = 1000
_NAMES: Final = re.compile(
    r".*\.(?:py|sh|bash|toml|txt|in|cfg|lock|ya?ml)$"
    r"|\.env|\.python-version$|\.gitattributes$|\.gitignore$|Pipfile|Procfile|Dockerfile"
)
_OF_GIT: Final = re.compile(r"HEAD$|packed-refs$|refs/heads/(?!.*\.lock$)")


def concerns(file: Path, top: Path) -> bool:
    """Whether a change of it may change what is found below `top`."""
    if not file.is_relative_to(top):
        return False
    *folders, name = file.relative_to(top).parts
    if folders[:1] == [".git"]:
        return bool(_OF_GIT.match("/".join((*folders[1:], name))))
    if any(folder.startswith(".") or folder.lower() in SKIPPED for folder in folders):
        return False
    return bool(_NAMES.match(name))


def changes_below(top: Path) -> AsyncGenerator[frozenset[Path]]:
    """The files of each burst of changes, until it is closed."""
    return bursts_below(top, lambda file: concerns(file, top), BURST_MS)


def younger(files: Iterable[Path], than_ns: int) -> tuple[Path, ...]:
    """Those that changed, came or went after a moment, in ns since the epoch. Blocks."""
    return tuple(file for file in sorted(files) if _changed_ns(file) > than_ns)


def _changed_ns(file: Path) -> int:
    """When the file changed, or of one that is gone, its folder."""
    place = file if os.path.lexists(file) else file.parent
    try:
        return place.lstat().st_mtime_ns
    except OSError:
        return 0

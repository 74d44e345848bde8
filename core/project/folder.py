"""The folder of a project: its name, and the files of variables that count there."""

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.project.env_files import ENV_FILES
from core.project.tree import absolute
from core.settings import Settings

LONGEST_NAME: Final = 60
"""Letters of a folder's name that go into names of ours; of some scripts each takes four bytes."""


def project_folder(path: Path) -> Path:
    """The folder that a person named, as an absolute path. Raises FleetError when it is none."""
    return existing_folder(path, "The project")


def existing_folder(path: Path, what: str) -> Path:
    """The absolute path of a folder; `what` it is for. Raises FleetError when it is not there."""
    folder = absolute(path)
    why, fix = "there is no such folder", "Name the project's folder."
    try:
        if folder.is_dir():
            return folder
        if folder.exists():
            why = "it is a file"
    except OSError as error:  # too long a name, or no right to look
        why = error.strerror or str(error)
    if not _is_there(folder.anchor):
        kind = "network folder" if folder.drive.startswith("\\\\") else "drive"
        why = f"the {kind} {folder.drive} is not connected"
        fix = "Connect it, see that it opens in Explorer, and try again."
    raise FleetError(f"{what} {path} cannot be opened", why, fix, exit_code=USAGE)


def _is_there(anchor: str) -> bool:
    return os.path.exists(anchor)  # noqa: PTH110  # a Path of a share raises where it has no server


def project_name(root: Path) -> str:
    """Give a name for the project's own folders: its folder's name, and a mark of its path."""
    real = os.path.normcase(os.path.realpath(root))
    mark = hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()
    readable = re.sub(r"[^\w-]+", "-", root.name)[:LONGEST_NAME].strip("-")
    return f"{readable or 'project'}-{mark[:8]}"


def env_files(root: Path, workdir: Path, settings: Settings) -> tuple[Path, ...]:
    """Give the files of variables of a project, in order of rank; not all of them are there."""
    if settings.env_files is None:
        return tuple(folder / name for folder in (workdir, root) for name in ENV_FILES)
    return tuple(root / name for name in settings.env_files)

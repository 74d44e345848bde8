"""The files that hold what is remembered: one for all projects, one for each."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.errors import FleetError
from core.settings.atomic import replace_text
from desktop.keeping.fields import Fields

FILE: Final = "window.json"
BROKEN: Final = ".broken"
"""Added to the name of a file that makes no sense."""


def file_of_all(folder: Path) -> Path:
    """What holds for every project; `folder` is the user's state folder."""
    return folder / FILE


def file_of_project(folder: Path, project: str) -> Path:
    """What holds for one; `project` is the name of an opened one."""
    return folder / project / FILE


def read(file: Path) -> tuple[Fields, FleetError | None]:
    """What a file says, and what is to be told of it. Blocks.

    A file that makes no sense is set aside, so it is told once.
    """
    try:
        return Fields(json.loads(file.read_text("utf-8-sig"))), None
    except FileNotFoundError:
        return Fields(None), None
    except OSError as error:
        return Fields(None), FleetError(
            f"what the window remembers could not be read from {file}",
            error.strerror or str(error),
            "check the permissions of that file; until then the window starts as if it were new",
        )
    except ValueError as error:
        aside = file.with_name(file.name + BROKEN)
        with suppress(OSError):
            file.replace(aside)
        return Fields(None), FleetError(
            f"what the window remembered in {file} makes no sense",
            f"it is not the JSON that was written: {error}",
            f"nothing has to be done: the window starts as if it were new; the old file is {aside}",
        )


def write(file: Path, fields: object) -> None:
    """Replace the file as a whole. Blocks. Raises FleetError."""
    try:
        replace_text(file, json.dumps(fields, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise FleetError(
            f"what the window is to remember could not be written to {file}",
            error.strerror or str(error),
            "check the permissions of that folder, and the space on its disk; all else goes on",
        ) from error

"""A Procfile: `name: command`, one a line, as Heroku, honcho and mprocs read it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from core.rows.declared import DeclaredRow

FILES: Final = ("Procfile.dev", "Procfile")
"""The first that is there is read: the one for development, if the project has one."""
ONE_OFF: Final = frozenset(("release", "release-tasks", "postdeploy"))
"""Run once at a deployment, by the platform; they do not stay."""
_LINE: Final = re.compile(r"\s*(?P<name>[\w-]+)\s*:\s*(?P<command>\S.*?)\s*")


def find_procfile(*folders: Path) -> Path | None:
    """The Procfile of a project: of the first of these folders that has one."""
    files = (folder / name for folder in folders for name in FILES)
    return next((file for file in files if file.is_file()), None)


def read_procfile(file: Path) -> tuple[DeclaredRow, ...]:
    """Its rows, in order; lines of another form and one-off commands are left out."""
    try:
        text = file.read_text("utf-8-sig", "replace")
    except OSError:
        return ()
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return tuple(
        DeclaredRow(line["name"], line["command"], str(file), cwd=str(file.parent))
        for line in found
        if line and line["name"] not in ONE_OFF
    )


def write_procfile(rows: Iterable[tuple[str, str]]) -> str:
    """The text of a Procfile, from names and commands."""
    return "".join(f"{name}: {command}\n" for name, command in rows)

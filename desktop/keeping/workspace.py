"""Which workspace on Render a person has chosen for a project."""

from pathlib import Path
from typing import Final

from core.places import state_folder
from desktop.keeping.files import read, write

FILE: Final = "workspace.json"


def recall_workspace(project: str, root: Path | None = None) -> str:
    """The id of the one that was chosen last; empty where nobody has. Blocks.

    `project` is the project's name, `root` the folder of all projects. What cannot be read was not
    chosen: the question is then asked again.
    """
    fields, _ = read(_file(project, root))
    return fields.text("id")


def keep_workspace(project: str, id: str, root: Path | None = None) -> None:
    """Keep it for the next time. Blocks. Raises FleetError."""
    write(_file(project, root), {"id": id})


def _file(project: str, root: Path | None) -> Path:
    return (root or state_folder()) / project / FILE

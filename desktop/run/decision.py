"""Whether workers of others are watched in a project: decided once, kept on this machine."""

import json
from pathlib import Path
from typing import cast

from core.errors import FleetError
from core.places import state_folder
from core.settings.atomic import replace_text


def decision_file(project: str) -> Path:
    """Where it is kept; `project` is the name of an opened one."""
    return state_folder() / project / "others.json"


def read_decision(file: Path) -> bool | None:
    """What was decided; None when nothing was, or the file is broken. Blocks."""
    try:
        stored: object = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    watched = cast("dict[str, object]", stored).get("watch") if isinstance(stored, dict) else None
    return watched if isinstance(watched, bool) else None


def write_decision(file: Path, watch: bool) -> None:
    """Keep it. Blocks. Raises FleetError."""
    try:
        replace_text(file, json.dumps({"watch": watch}))
    except OSError as error:
        raise FleetError(
            f"what you decided could not be saved to {file}",
            error.strerror or str(error),
            "check the permissions of that folder; it holds until the project is closed",
        ) from error

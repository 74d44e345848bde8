"""An environment of variables as a shell has it with a virtual environment active."""

import os
from collections.abc import Mapping
from pathlib import Path

from core.project.environments import CONFIG, environment_of


def activated(environ: Mapping[str, str], python: Path) -> dict[str, str]:
    """Give a copy in which `python`'s environment is active, as its `activate` makes it.

    So a task that runs `python` or a program of the environment gets the right one, also
    when Solofleet itself was started in an environment of its own.
    """
    changed = {
        name: value
        for name, value in environ.items()
        if name.upper() not in ("PYTHONHOME", "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT")
    }
    prefix = environment_of(python)
    if prefix is None:
        return changed
    if (prefix / CONFIG).is_file():
        changed["VIRTUAL_ENV"] = str(prefix)
    # Windows knows it as Path, too.
    name = next((name for name in changed if name.upper() == "PATH"), "PATH")
    changed[name] = os.pathsep.join(filter(None, (str(python.parent), changed.get(name))))
    return changed

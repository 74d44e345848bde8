"""Where settings lie that are not the project's own.

A person's are in the configuration folder, which follows them from one Windows machine to
another; those of one project on this machine lie beside its other records, in the state folder.
"""

from pathlib import Path

import platformdirs

from core.places import state_folder


def user_file() -> Path:
    """The settings of a person for all projects: %APPDATA%/solofleet, or ~/.config/solofleet."""
    folder = platformdirs.user_config_path("solofleet", appauthor=False, roaming=True)
    return folder / "settings.toml"


def local_file(project: str) -> Path:
    """The settings of this machine for the project of this name, see `project_name`."""
    return state_folder() / project / "settings.toml"

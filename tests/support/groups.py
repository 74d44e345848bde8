"""Settings with worker groups, as a project's file has them."""

import tomllib
from pathlib import Path

from core.settings.merged import Reading, Settings, merge
from core.settings.origin import Layer
from core.settings.tables import read_table


def reading_of(text: str) -> Reading:
    """What solofleet.toml says that has this text."""
    return read_table(tomllib.loads(text), Layer.PROJECT, Path("solofleet.toml"))


def settings_of(text: str) -> Settings:
    """The settings of a project for which nothing else speaks."""
    return merge([reading_of(text)])

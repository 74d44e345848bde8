"""What a person chose for one project on this machine, in place of what was found there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from core.project.folder import project_name
from core.secret import Secret, mask_url
from core.settings import load_settings
from core.settings.origin import Layer, Origin, Setting
from core.settings.places import local_file
from core.settings.saving import SettingsFile

KEYS: Final = ("app", "workdir", "python", "broker", "workers", "queues", "mode")
"""The settings that are chosen."""


@dataclass(frozen=True, slots=True)
class Choices:
    """None, and no queues, mean: as it was found. `workdir` may be relative to the folder.

    `broker` is "builtin" or a URL, `mode` one of the words of `Mode`.
    """

    app: str | None = None
    workdir: str | None = None
    python: str | None = None
    broker: Secret | None = None
    workers: int | None = None
    queues: tuple[str, ...] = ()
    mode: str | None = None

    def settings(self) -> Mapping[str, Setting]:
        """As settings over all that files and variables say."""
        origin = Origin(Layer.ASKED)
        values = {key: getattr(self, key) for key in KEYS}
        return {key: Setting(value, origin) for key, value in values.items() if value}

    @property
    def lasting(self) -> "Choices":
        """What may be kept in a file: an address with a password may not."""
        url = self.broker.reveal() if self.broker else ""
        return self if mask_url(url) == url else replace(self, broker=None)


def kept_choices(root: Path) -> Choices:
    """What is kept for the project at `root`. Raises FleetError when that cannot be read."""
    settings = load_settings(root, local=local_file(project_name(root)))
    values = {
        key: getattr(settings, key)
        for key in KEYS
        if key in settings.origins and settings.origins[key].layer is Layer.LOCAL
    }
    return Choices(**values)


def keep_choices(root: Path, choices: Choices) -> None:
    """Keep what lasts of them, and forget what was chosen before; blocks while it is written.

    Raises FleetError when the file cannot be read or written.
    """
    file = SettingsFile.of_project(project_name(root), root)
    before, now = kept_choices(root), choices.lasting
    for key in KEYS:
        value = getattr(now, key)
        if value == getattr(before, key):
            continue
        if value:
            file.save(key, value.reveal() if isinstance(value, Secret) else cast(object, value))
        else:
            file.remove(key)

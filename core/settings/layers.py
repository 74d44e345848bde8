"""What each layer says of each setting, beside the others: for whoever shows settings or changes
them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.settings.keys import GROUP_KEYS, GROUPS, KEYS, Key
from core.settings.loading import read_layers
from core.settings.merged import NOWHERE, Reading, Settings
from core.settings.origin import Layer, Setting


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting. `path` is its name, or "groups.mail.workers"; `said` has those who say it."""

    path: str
    key: Key
    said: Mapping[Layer, Setting]

    @property
    def holds(self) -> Setting:
        """What counts: the greatest layer's, else the default, which is None where it is found."""
        return self.below(None)

    def below(self, layer: Layer | None) -> Setting:
        """What would count if this layer and the greater ones said nothing."""
        lesser = [each for each in self.said if layer is None or each < layer]
        return self.said[max(lesser)] if lesser else Setting(self.key.default, NOWHERE)

    def over(self, layer: Layer) -> Setting | None:
        """What counts in place of anything that this layer says."""
        holds = self.holds
        return holds if holds.origin.layer > layer else None


@dataclass(frozen=True, slots=True)
class Entries:
    """All settings in the order of the table of keys, then those of the groups; `warnings` are
    about what the files have besides.
    """

    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()


def read_entries(
    root: Path | None,
    environ: Mapping[str, str],
    *,
    user: Path,
    local: Path | None = None,
    asked: Settings | None = None,
) -> Entries:
    """Read them: of the project at `root`, or without one those for all projects.

    `asked` has what the command line said. Raises FleetError as `load_settings` does. Blocks.
    """
    readings = read_layers(root, environ, user=user, local=local)
    keys = KEYS if root else {name: key for name, key in KEYS.items() if key.for_all}
    entries = [Entry(name, key, _said(name, readings, asked)) for name, key in keys.items()]
    groups = dict.fromkeys(name for reading in readings for name in reading.groups)
    entries += (
        Entry(f"{GROUPS}.{group}.{name}", key, _said_of_group(group, name, readings))
        for group in groups
        for name, key in GROUP_KEYS.items()
    )
    return Entries(tuple(entries), tuple(_warnings(readings)))


def _said(
    name: str, readings: tuple[Reading, ...], asked: Settings | None
) -> Mapping[Layer, Setting]:
    found = [reading.values[name] for reading in readings if name in reading.values]
    typed = asked.setting(name) if asked else None
    if typed is not None and typed.origin.layer is Layer.ASKED:
        found.append(typed)
    return {setting.origin.layer: setting for setting in found}


def _said_of_group(group: str, name: str, readings: tuple[Reading, ...]) -> Mapping[Layer, Setting]:
    tables = (reading.groups.get(group, {}) for reading in readings)
    return {table[name].origin.layer: table[name] for table in tables if name in table}


def _warnings(readings: tuple[Reading, ...]) -> Iterator[str]:
    for reading in readings:
        yield from reading.warnings

"""The settings of one project, as all layers together give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self, cast

from core.render.choices import Choices
from core.rows.declared import DeclaredRow
from core.secret import Secret, mask_url
from core.settings.keys import GROUP_KEYS, KEYS
from core.settings.origin import Layer, Origin, Setting

NOWHERE: Final = Origin(Layer.DEFAULT)


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """What is said of one worker group, by key; what is not there is the project's or usual.

    What tells groups apart (`workers`, `name`, `queues`) is a group's own, whatever a file says
    for the whole project. Of the rest the greater layer counts, and within one layer the group.
    """

    name: str
    said: Mapping[str, Setting] = field(repr=False)  # it holds values of variables


@dataclass(frozen=True, slots=True)
class Settings:
    """What people said; None or empty where nobody says anything.

    `broker` is "builtin" or a URL; `env_files` None means the usual ones; `name` is a template for
    node names (`%i`, `%h`, `%n`, `%d`); `rows` are commands beside the workers; `origins` say for
    each key with a value where that was said; `warnings` are for people.
    """

    app: str | None = None
    workdir: str | None = None
    python: str | None = None
    workers: int | None = None
    queues: tuple[str, ...] = ()
    broker: Secret | None = None
    loglevel: str | None = None
    env_files: tuple[str, ...] | None = None
    name: str | None = None
    grace_s: float | None = None
    long_task_s: float | None = None
    mode: str | None = None
    hoard: bool = False
    daemonic: bool = False
    spare: bool = False
    rows: tuple[DeclaredRow, ...] = ()
    rows_with_up: tuple[str, ...] = ()
    render: Choices | None = None
    groups: tuple[GroupSettings, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict[str, Origin])
    warnings: tuple[str, ...] = ()

    def where(self, key: str) -> str:
        """Where the value of a key comes from, in words: "workers in FILE", "the default"."""
        return self.origins.get(key, NOWHERE).words(key)

    def setting(self, key: str) -> Setting | None:
        """The value of a key with its origin; None where nobody says anything."""
        origin = self.origins.get(key)
        return None if origin is None else Setting(getattr(self, KEYS[key].field), origin)

    def over(self, values: Mapping[str, Setting]) -> Self:
        """Give the same with these values in place of its own, by key."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        fields |= {KEYS[key].field: setting.value for key, setting in values.items()}
        fields["origins"] = {**self.origins, **{key: values[key].origin for key in values}}
        return type(self)(**fields)

    def told(self) -> tuple[str, ...]:
        """Each value that neither the project's files nor the command line say, with its place.

        "grace = 5.0, from SOLOFLEET_GRACE"; nobody who reads the project would expect them.
        """
        hidden = (Layer.USER, Layer.LOCAL, Layer.ENVIRONMENT)
        return tuple(
            f"{key} = {as_text(getattr(self, KEYS[key].field))}, from {origin.place}"
            for key, origin in self.origins.items()
            if origin.layer in hidden
        )


def as_text(value: object) -> str:
    """A value for people, without a password; of a table of variables the names alone."""
    match value:
        case Secret():
            return mask_url(value.reveal())
        case bool():
            return str(value).lower()
        case tuple() | dict():
            return ", ".join(map(str, cast(Iterable[object], value)))
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one layer says: values by key, those of groups by name and key, and oddities."""

    values: Mapping[str, Setting] = field(default_factory=dict[str, Setting])
    groups: Mapping[str, Mapping[str, Setting]] = field(
        default_factory=dict[str, Mapping[str, Setting]], repr=False
    )
    warnings: tuple[str, ...] = ()


def merge(readings: Iterable[Reading]) -> Settings:
    """Give what the readings say together; the last one to name a key wins."""
    values: dict[str, Setting] = {}
    groups: dict[str, dict[str, Setting]] = {}
    warnings: list[str] = []
    for reading in readings:
        values |= reading.values
        for name, said in reading.groups.items():
            groups[name] = {**groups.get(name, {}), **said}
        warnings += reading.warnings
    if groups:
        warnings += _unused(values)
    in_order = {key: values[key] for key in KEYS if key in values}
    of_groups = tuple(GroupSettings(name, said) for name, said in groups.items())
    return Settings(groups=of_groups, warnings=tuple(warnings)).over(in_order)


def _unused(values: Mapping[str, Setting]) -> Iterable[str]:
    """What a file of the project says for all workers, and what only a group can say."""
    for key in ("workers", "name"):
        said = values.get(key)
        if said and said.origin.layer in (Layer.PROJECT, Layer.LOCAL):
            yield f"{said.origin.words(key)} is not used: each group has its own"


assert GROUP_KEYS.keys() - KEYS.keys() == {"env"}, "a group is a part of a project"

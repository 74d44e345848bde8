"""Where a value comes from."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Self


class Layer(IntEnum):
    """Who may say something; the greater one wins.

    USER is a person's own file for all projects, PROJECT the file that is committed, LOCAL the
    file of this machine for this project, ASKED the command line.
    """

    DEFAULT = 0
    USER = 1
    PROJECT = 2
    LOCAL = 3
    ENVIRONMENT = 4
    ASKED = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was said; `place` is a file or the name of a variable."""

    layer: Layer
    place: str = ""

    def words(self, key: str) -> str:
        """Say it of the value of a key: "workers in /proj/solofleet.toml", "as asked"."""
        match self.layer:
            case Layer.DEFAULT:
                return "the default"
            case Layer.ASKED:
                return "as asked"
            case Layer.ENVIRONMENT:
                return self.place
            case _:
                return f"{key} in {self.place}"


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as `Settings` keeps it, and where it was said."""

    value: Any  # its type depends on the key
    origin: Origin

    def over(self, other: "Self | None") -> Self:
        """The one of the two that counts; of one layer, this one."""
        return self if other is None or other.origin.layer <= self.origin.layer else other

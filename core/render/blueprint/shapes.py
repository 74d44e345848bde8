"""What a value in a Blueprint may look like: the words of which the schema's tables are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A text; with `numbers`, a number will do too."""

    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One of these texts."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of such values."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class Keys:
    """A table: its keys with their shapes, those that must be there, others only when `open`."""

    name: str
    keys: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A table whose shape depends on the value of its key `by`.

    Without `by`, the first key of `shapes` that is there says which.
    """

    name: str
    by: str | None
    shapes: Mapping[str, "Keys | Choice"] = field(default_factory=lambda: MappingProxyType({}))
    otherwise: "Keys | None" = None


Shape: TypeAlias = Text | Word | Whole | Flag | ListOf | Keys | Choice

TEXT: Final = Text()
FLAG: Final = Flag()
TEXTS: Final = ListOf(TEXT)

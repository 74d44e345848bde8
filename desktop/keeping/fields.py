"""Reading what an earlier run has written, field by field."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar, cast

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """A JSON object. A field that is missing, or of another kind, has its default."""

    def __init__(self, stored: object) -> None:
        self._stored: Mapping[str, object] = {}
        if isinstance(stored, dict):
            self._stored = cast("Mapping[str, object]", stored)

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self._stored.get(name)
        return value if isinstance(value, str) else default

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._stored.get(name)
        return value if isinstance(value, bool) else default

    def number(self, name: str, default: int, within: range) -> int:
        """A whole number of a range."""
        value = self._stored.get(name)
        fits = isinstance(value, int) and not isinstance(value, bool) and value in within
        return cast("int", value) if fits else default

    def numbers(self, name: str, within: range) -> tuple[int, ...]:
        """A list of whole numbers, all of a range; empty else."""
        values = self._list(name)
        found = [each for each in values if isinstance(each, int) and each in within]
        return tuple(found) if len(found) == len(values) else ()

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """A list, of which the texts count."""
        if not isinstance(self._stored.get(name), list):
            return default
        return tuple(each for each in self._list(name) if isinstance(each, str))

    def word(self, name: str, default: Word) -> Word:
        """One of the words that the default is one of."""
        value = self._stored.get(name)
        return next((each for each in type(default) if each == value), default)

    def inner(self, name: str) -> "Fields":
        """An object in it."""
        return Fields(self._stored.get(name))

    def each(self) -> Iterator[tuple[str, "Fields"]]:
        """Every object in it, with its name."""
        for name, value in self._stored.items():
            if isinstance(value, dict):
                yield name, Fields(cast("object", value))

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self._stored)

    def _list(self, name: str) -> list[object]:
        value = self._stored.get(name)
        return cast("list[object]", value) if isinstance(value, list) else []

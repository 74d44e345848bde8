"""Finds what somebody means who types a few of its letters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

AT_WORD: Final = 8
IN_A_ROW: Final = 5
AT_START: Final = 4
"""What a letter is worth more than the one point that each found letter gives."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """`places` are the letters of the item's text that were meant, in order."""

    item: T
    places: tuple[int, ...]
    score: float


def search(query: str, items: Iterable[T], text: Callable[[T], str]) -> list[Match[T]]:
    """The items that have all letters of the query in its order, the best first.

    Case and spaces do not count. Letters that begin a word, and letters in a row, count more; of
    two that are as good, the shorter comes first, then the one that was given first.
    """
    wanted = "".join(query.lower().split())
    found: list[Match[T]] = []
    for item in items:
        match = _match(wanted, item, text(item))
        if match is not None:
            found.append(match)
    return sorted(found, key=lambda match: -match.score)


def _match(wanted: str, item: T, text: str) -> Match[T] | None:
    if not wanted:
        return Match(item, (), 0.0)
    lower = text.lower()
    latest = _latest(wanted, lower)
    if latest is None:
        return None
    starts = (place for place in range(latest[0] + 1) if lower[place] == wanted[0])
    found = (_places(wanted, lower, start, latest) for start in starts)
    best = max(found, key=lambda places: _score(places, text))
    return Match(item, best, _score(best, text) - len(text) / 1000)


def _latest(wanted: str, lower: str) -> list[int] | None:
    """For each letter the last place after which the rest is still found; None if it is not."""
    places: list[int] = []
    end = len(lower)
    for letter in reversed(wanted):
        end = lower.rfind(letter, 0, end)
        if end < 0:
            return None
        places.append(end)
    return places[::-1]


def _places(wanted: str, lower: str, start: int, latest: Sequence[int]) -> tuple[int, ...]:
    """From `start` on, each letter as early as it comes, but rather where a word begins."""
    places = [start]
    for letter, end in zip(wanted[1:], latest[1:], strict=True):
        here = places[-1] + 1
        if lower[here] == letter:
            places.append(here)
            continue
        can = [place for place in range(here, end + 1) if lower[place] == letter]
        places.append(next((place for place in can if _begins(lower, place)), can[0]))
    return tuple(places)


def _score(places: tuple[int, ...], text: str) -> float:
    score = float(len(places))
    for number, place in enumerate(places):
        if _begins(text, place):
            score += AT_WORD
        if number and place == places[number - 1] + 1:
            score += IN_A_ROW
    return score + (AT_START if places[0] == 0 else 0)


def _begins(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()

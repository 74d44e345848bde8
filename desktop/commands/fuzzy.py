"""Finds what somebody means who types a few of its letters."""

from collections.abc import Callable, Iterable
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
    best: tuple[float, tuple[int, ...]] | None = None
    lower = text.lower()
    if not wanted:
        return Match(item, (), 0.0)
    starts = [place for place, letter in enumerate(lower) if letter == wanted[0]]
    for start in starts:
        places = _places(wanted, lower, start)
        if places is None:
            break  # a later start finds no more than an earlier one
        score = _score(places, text)
        if best is None or score > best[0]:
            best = score, places
    return None if best is None else Match(item, best[1], best[0] - len(text) / 1000)


def _places(wanted: str, lower: str, start: int) -> tuple[int, ...] | None:
    """From `start` on, each letter as early as it comes, but rather where a word begins."""
    places = [start]
    for letter in wanted[1:]:
        here = places[-1] + 1
        if lower[here : here + 1] == letter:
            places.append(here)
            continue
        place = next(
            (p for p in range(here, len(lower)) if lower[p] == letter and _begins(lower, p)),
            lower.find(letter, here),
        )
        if place < 0:
            return None
        places.append(place)
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

"""What is not to run, for all workers of the fleet, those to come included.

The parent of prefork remembers it for as long as it lives. A solo worker forgets it with its
process, and one that is being replaced does not hear of it at all.
"""

from collections.abc import Iterable, Mapping
from typing import Final

MOST: Final = 50_000
"""Ids that Celery itself remembers (`celery/worker/state.py`, REVOKES_MAX)."""


class Revoked:
    """Ids, and values by the name of a stamped header."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}
        self._stamps: dict[str, tuple[object, ...]] = {}

    def learn(self, ids: Iterable[str], stamps: Mapping[str, Iterable[object]]) -> bool:
        """Whether any of it is news."""
        before = (len(self._ids), sum(map(len, self._stamps.values())))
        self._ids.update(dict.fromkeys(ids))
        for header, values in stamps.items():
            known = self._stamps.get(header, ())
            self._stamps[header] = known + tuple(value for value in values if value not in known)
        news = (len(self._ids), sum(map(len, self._stamps.values()))) != before
        while len(self._ids) > MOST:
            del self._ids[next(iter(self._ids))]
        return news

    def message(self) -> dict[str, object]:
        """All of it, as `resources/inside/revoking.py` takes it over."""
        return {"ids": list(self._ids), "stamps": self._stamps}

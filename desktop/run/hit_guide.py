"""Leads from what was found in all logs to the line, in the log that is seen."""

from collections.abc import Callable, Iterable
from typing import Final

from core.logs.search import Hit
from desktop.logpane.find import Query
from desktop.logpane.frame import LogFrame

HIDDEN: Final = "a filter hides that line; the next one is selected"
GONE: Final = "that line is no longer kept"

Bring = Callable[[str, int], tuple[LogFrame, int | None]]
"""Brings the log with this line of a worker in sight: the log, and where the line stands in it."""


class HitGuide:
    """`frames` gives all logs."""

    def __init__(self, bring: Bring, frames: Callable[[], Iterable[LogFrame]]) -> None:
        self._bring = bring
        self._frames = frames

    def go_to(self, hit: Hit, query: Query) -> str:
        """Show the line of a hit, and mark there what was looked for; what is to be said of it."""
        frame, place = self._bring(hit.worker, hit.number)
        document = frame.document
        if place is None or not document.first <= place < document.source.end:
            return GONE
        self._mark(query, frame)
        said = "" if document.shows(place) else HIDDEN
        frame.go_to(place)
        return said

    def leave(self) -> None:
        """Mark nothing any more."""
        self._mark(Query(), None)

    def _mark(self, query: Query, frame: LogFrame | None) -> None:
        """In this log alone, and nowhere where a person looks for something else."""
        for each in self._frames():
            wanted = query if each is frame else Query()
            if each.find_bar.isHidden() and each.view.finder.query != wanted:
                each.view.look_for(wanted)

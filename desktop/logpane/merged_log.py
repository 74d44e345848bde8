"""All workers' logs in one, in order of time."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from core.logs.density import Bar, Density
from core.logs.level import Level
from core.logs.search import SLICE_S
from core.logs.store import LogStore
from desktop.logpane.density_strip import DensityStrip
from desktop.logpane.document import Document
from desktop.logpane.frame import LogFrame
from desktop.logpane.merged import MergedSource
from desktop.logpane.moments import place_at, printed_at
from desktop.logpane.notes import Note
from desktop.logpane.times import TimeFormat
from desktop.logpane.trouble import first_error
from desktop.theme.theme import Theme

STRIP_MS: Final = 400
"""How often the strip over time is drawn anew while lines come."""


class MergedLog(LogFrame):
    """Each row has the stripe and the name of its worker; the first one has the number 1.

    It takes in what comes whether it is shown or not, so that it is in order when it is.
    """

    def __init__(
        self,
        theme: Theme,
        names: Sequence[str] = (),
        stores: Sequence[LogStore] = (),
        parent: QWidget | None = None,
    ) -> None:
        self._stores = list(stores)
        self._source = MergedSource(stores, names)
        super().__init__(theme, Document(self._source), self.counts, tuple(names), parent)
        self.find_bar.setProperty("first", True)
        self.setAccessibleName("All workers")
        self.view.setAccessibleName("Log of all workers")
        self.view.choose(time=TimeFormat.MILLISECONDS)
        self._densities = [Density(store) for store in stores]
        self.strip = DensityStrip(theme)
        self._column.insertWidget(self._column.indexOf(self.view), self.strip)
        self._measuring = QTimer(self, singleShot=True)
        self._measuring.timeout.connect(self._measure)
        self.strip.asked.connect(self._go_to_time)
        self.view.laid_out.connect(self._show_sight)
        self.view.looked.connect(self._measure_soon)

    def add(self, name: str, number: int, store: LogStore) -> int:
        """Take in the log of another worker; its index. A command has the number 0."""
        self._stores.append(store)
        self._densities.append(Density(store))
        self._source.add(store, name)
        self.view.show_names((*self.view.names, name), (*self.view.numbers, number))
        return len(self._stores) - 1

    @property
    def stores(self) -> Sequence[LogStore]:
        """The logs that it is made of, in the order in which they joined."""
        return tuple(self._stores)

    def counts(self) -> Mapping[Level, int]:
        """How many records of each level came from all workers."""
        return {level: sum(store.counts[level] for store in self._stores) for level in Level}

    def place_of(self, index: int, number: int) -> int | None:
        """Where a line of a worker's own log stands here; None when it is not held."""
        return self._source.place(index, number)

    def grew(self) -> None:
        """There are more lines; may be told as often as one likes."""
        if self.isVisible():
            super().grew()
        else:
            self._source.take()

    def add_note(self, text: str, at: datetime | None = None) -> None:
        """Say something behind what is there now."""
        self._source.take()
        self.document.add_note(Note(self._source.end, at, text))
        self.grew()

    def showEvent(self, event: QShowEvent) -> None:
        """What came meanwhile is looked at now."""
        super().showEvent(event)
        super().grew()
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more bars, or for fewer."""
        super().resizeEvent(event)
        self._measure_soon()

    # --- The strip over time ---

    def _measure_soon(self) -> None:
        if not self._measuring.isActive():
            self._measuring.start(STRIP_MS)

    def _measure(self) -> None:
        """Look at what came, a slice at a time, and show it."""
        seen = self._seen()
        if not all([each.update(SLICE_S / len(seen)) for each in seen]):
            self._measuring.start(0)
        ends = [found for each in seen if (found := each.ends()) is not None]
        if not ends:
            return
        since, until = min(first for first, _ in ends), max(last for _, last in ends)
        width = max(each.width for each in seen)
        count = max(1, min(self.strip.room, (until - since) // width))
        bars = [each.bars(since, until, count) for each in seen]
        summed = [sum(of_all, Bar()) for of_all in zip(*bars, strict=True)]
        self.strip.show_bars(summed, since, until)
        self._show_sight()

    def _seen(self) -> list[Density]:
        without = self.document.shared.without
        return [each for index, each in enumerate(self._densities) if index not in without]

    def _show_sight(self) -> None:
        if not self.strip.isVisible() or not self.view.strips:
            return
        places = self.view.strips[0].place, self.view.strips[: self.view.fit][-1].place
        first, last = (printed_at(self.document, place) for place in places)
        self.strip.show_sight((first, last) if first and last else None)

    def _go_to_time(self, since: datetime, until: datetime) -> None:
        start = place_at(self.document, since)
        if start is None:
            self.view.follow(True)
            return
        end = place_at(self.document, until)
        error = first_error(self.document, start, self._source.end if end is None else end)
        if error is None:
            self.view.show_moment(since)
        else:
            self.go_to(error)

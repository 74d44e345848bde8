"""Keeps what is visible of a document in step with it: growth, following, scrolling.

Growth is told by `grew()`, as often as one likes: at most 25 times a second it is looked at, and
painted when something visible is another one.
"""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.logpane.document import Document
from desktop.logpane.find import Find
from desktop.logpane.geometry import PAD, Frame, Metrics
from desktop.logpane.layout import Anchor, Layout, Strip
from desktop.logpane.links import SHORT, SHORTEST
from desktop.logpane.manner import SIZES, Manner
from desktop.logpane.marks import shares
from desktop.logpane.moments import place_at, printed_at
from desktop.logpane.scrollbar import MarkedScrollBar
from desktop.logpane.times import TimeFormat
from desktop.theme.style import MONO_PX
from desktop.theme.theme import Theme

PACE_MS: Final = 40
NARROW: Final = 520
"""Panes under this width show ids in 4 characters."""


class RowsArea(QAbstractScrollArea):
    """Lays out a document; `names` are those of the workers where it has several."""

    following_changed = Signal(bool)
    news_changed = Signal(int)  # lines that came since following was paused
    moment_changed = Signal(object)  # datetime of the first row, while following is paused
    looked = Signal()  # at what came, or at what a filter lets through
    laid_out = Signal()  # other rows may be in sight
    found = Signal()  # hits or the current hit are others
    manner_changed = Signal(object)  # Manner

    def __init__(
        self,
        theme: Theme,
        document: Document,
        names: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.finder = Find(document)
        self.strips: list[Strip] = []
        self.following = True
        self.wrap = False
        self.time = TimeFormat.TIME
        self.names = names
        self.numbers = tuple(range(1, len(names) + 1))
        self.anchor: Anchor | None = None
        self.scrolled = 0
        self._paused_at = 0
        self._moment: datetime | None = None
        self.metrics = Metrics(MONO_PX, bool(names))
        self._bar = MarkedScrollBar(theme, self)
        self.setVerticalScrollBar(self._bar)
        self._bar.valueChanged.connect(self._bar_moved)
        self._syncing = False
        self.stagger_ms = 0
        """Waited before growth is looked at: panes told at once are not painted at once."""
        self._looked = QElapsedTimer()
        self._looked.start()
        self._pace = QTimer(self, singleShot=True)
        self._pace.timeout.connect(self._look)
        self._work = QTimer(self, singleShot=True, interval=0)
        self._work.timeout.connect(self._go_on)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def manner(self) -> Manner:
        """How it is shown."""
        return Manner(self.wrap, self.time, self.metrics.size_px)

    def choose(
        self, *, wrap: bool | None = None, time: TimeFormat | None = None, size: int | None = None
    ) -> None:
        """Wrap or cut rows, show times another way, in another size of the font."""
        before = self.manner
        if wrap is not None:
            self.wrap, self.scrolled = wrap, 0
        self.time = self.time if time is None else time
        if size is not None and size in SIZES and size != self.metrics.size_px:
            self.metrics = Metrics(size, bool(self.names))
        self.lay_out()
        if self.manner != before:
            self.manner_changed.emit(self.manner)

    def show_manner(self, manner: Manner) -> None:
        """Show it so."""
        self.choose(wrap=manner.wrap, time=manner.time, size=manner.size_px)

    def show_size(self, manner: Manner) -> None:
        """Show it in this size of the font."""
        self.choose(size=manner.size_px)

    # --- Growth ---

    def grew(self) -> None:
        """The source has more lines, or fewer."""
        if not self._pace.isActive():
            self._pace.start(max(self.stagger_ms, PACE_MS - self._looked.elapsed()))

    def _look(self) -> None:
        self._looked.restart()
        changed = self.document.grow()
        self.finder.changed(changed)
        self._keep_working()
        if not self.following:
            self.news_changed.emit(self.news)
        if self._is_visible(changed):
            self.lay_out()
        else:
            self._sync_bar(self.layout_of_rows.bottom(self.fit))
        self.looked.emit()

    def _is_visible(self, changed: int) -> bool:
        if self.following or self.anchor is None or self.anchor.place < self.document.first:
            return True
        return not self.strips or changed <= self.strips[-1].place or len(self.strips) < self.fit

    @property
    def moment(self) -> datetime | None:
        """When the first row was printed, while following is paused; None when nothing tells it."""
        return self._moment

    @property
    def news(self) -> int:
        """How many lines came since following was paused."""
        return 0 if self.following else max(0, self.document.source.end - self._paused_at)

    def _keep_working(self) -> None:
        if self.document.searching or not self.finder.done:
            self._work.start()

    def _go_on(self) -> None:
        if self.document.searching:
            self.document.go_on()
            self.lay_out()
            self.looked.emit()
        elif not self.finder.done:
            self.finder.go_on()
            self.found.emit()
            self._sync_bar(self.layout_of_rows.bottom(self.fit))
            self.viewport().update()
        self._keep_working()

    # --- Layout ---

    @property
    def fit(self) -> int:
        """How many strips there is room for."""
        return max(1, (self.viewport().height() - 2 * PAD) // self.metrics.row)

    @property
    def columns(self) -> Frame:
        """The columns of a row."""
        return Frame.of(self.metrics, self.time, self.names, self.viewport().width())

    @property
    def layout_of_rows(self) -> Layout:
        """How the document is laid out at this width."""
        return Layout(self.document, self.columns.columns if self.wrap else 0)

    @property
    def top(self) -> float:
        """Where the first strip is painted: at the bottom edge where the end is followed."""
        if self.following and len(self.strips) == self.fit:
            return self.viewport().height() - PAD - self.fit * self.metrics.row
        return PAD

    def show_names(self, names: tuple[str, ...], numbers: tuple[int, ...]) -> None:
        """Name the workers, in the colours of these numbers; a command has 0."""
        self.names, self.numbers = names, numbers
        self.metrics = Metrics(self.metrics.size_px, bool(names))
        self.lay_out()

    def lay_out(self) -> None:
        """Find out what is visible, and have it painted."""
        self.document.shorten_ids(SHORTEST if self.viewport().width() < NARROW else SHORT)
        layout = self.layout_of_rows
        bottom = layout.bottom(self.fit)
        if self.following or self.anchor is None:
            self.anchor = bottom
        else:
            place = self.document.nearest(self.anchor.place)
            if place is None:
                self.anchor = None
            elif place != self.anchor.place:
                self.anchor = Anchor(place)
        extra = 0 if self.following else 1  # it is seen in part
        self.strips = layout.down(self.anchor, self.fit + extra) if self.anchor else []
        self._sync_bar(bottom)
        self.viewport().update()
        self._tell_moment()
        self.laid_out.emit()

    def _sync_bar(self, bottom: Anchor | None) -> None:
        index = self.document.index
        self._syncing = True
        self._bar.setPageStep(self.fit)
        self._bar.setRange(0, index(bottom.place) if bottom else 0)
        if self.following or self.anchor is None:
            self._bar.setValue(self._bar.maximum())
        else:
            self._bar.setValue(index(self.anchor.place))
        self._syncing = False
        self._bar.show_marks(shares(self.document, self.finder))

    def _tell_moment(self) -> None:
        if self.anchor is None or self.following:
            self._moment = None
            return
        moment = printed_at(self.document, self.anchor.place)
        if moment != self._moment:
            self._moment = moment
            self.moment_changed.emit(moment)

    # --- Scrolling ---

    def _bar_moved(self, value: int) -> None:
        if self._syncing:
            return
        place = self.document.place(value)
        if value >= self._bar.maximum():
            self.follow(True)
        elif place is not None:
            self.go_to(Anchor(place))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What has to be painted was said when it was laid out."""

    def scroll_rows(self, by: int) -> None:
        """Scroll down by so many rows, or up; the end is followed once it is reached."""
        if self.anchor is not None and not (self.following and by > 0):
            self.go_to(self.layout_of_rows.moved(self.anchor, by))

    def go_to(self, anchor: Anchor) -> None:
        """Show this anchor at the top, or follow where less than a pane is left below it."""
        bottom = self.layout_of_rows.bottom(self.fit)
        at_end = bottom is None or (anchor.place, anchor.skip) >= (bottom.place, bottom.skip)
        self.anchor = anchor
        self.follow(at_end)

    def follow(self, on: bool) -> None:
        """Follow the end, or stay where one is."""
        changed, self.following = on != self.following, on
        if changed and not on:
            self._paused_at = self.document.source.end
        self.lay_out()
        if changed:
            self.following_changed.emit(on)
            self.news_changed.emit(self.news)

    def show_place(self, place: int) -> None:
        """Scroll so that a place is well in sight; it is unfolded if need be."""
        record = self.document.record(place)
        if record is not None and self.document.nearest(place) != place:
            self.document.toggle(record)
        if any(strip.place == place for strip in self.strips[: self.fit]):
            self.follow(False)
            return
        self.go_to(self.layout_of_rows.up(Anchor(place), self.fit // 3))

    def show_moment(self, moment: datetime) -> None:
        """Put what was printed at a moment, or next after it, at the top."""
        place = place_at(self.document, moment)
        self._moment = moment  # who asked knows it
        if place is None:
            self.follow(True)
        else:
            self.go_to(Anchor(place))

    def scroll_columns(self, by: int) -> None:
        """Scroll to the right by so many columns, or to the left."""
        longest = max((len(strip.row.text) for strip in self.strips), default=0)
        most = max(0, longest - self.columns.columns)
        self.scrolled = 0 if self.wrap else max(0, min(self.scrolled + by, most))
        self.viewport().update()

"""The log itself: paints the visible rows, and is used by mouse and keyboard."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.logpane.area import RowsArea
from desktop.logpane.document import Document
from desktop.logpane.filter import Filter
from desktop.logpane.find import Query
from desktop.logpane.gestures import Gestures
from desktop.logpane.inks import ink
from desktop.logpane.keys import next_link, press
from desktop.logpane.layout import Anchor, Strip
from desktop.logpane.links import Link, TaskLink
from desktop.logpane.moments import printed_at
from desktop.logpane.painting import Scene, paint
from desktop.logpane.selection import Point, Selection, selected_text
from desktop.logpane.times import TimeFormat
from desktop.theme.theme import Theme

NOTCH: Final = 120  # of a wheel, QWheelEvent.angleDelta
ROWS_A_NOTCH: Final = 3


class LogView(RowsArea):
    """Shows a document; `names` are those of the workers where it has several."""

    task_clicked = Signal(str)
    place_clicked = Signal(str, int)
    menu_requested = Signal(QPoint)  # global

    def __init__(
        self,
        theme: Theme,
        document: Document,
        names: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, document, names, parent)
        self.selection: Selection | None = None
        self.focused: tuple[int, int, Link] | None = None
        """The link that Enter follows: its place, its part, itself."""
        self._theme = theme
        self._gestures = Gestures(self)
        self._wheel = 0
        self.setProperty("role", "log")
        self.setAccessibleName("Log")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        theme.changed.connect(self.viewport().update)
        self.lay_out()

    # --- What a person chooses ---

    def show_only(self, chosen: Filter, *, shared: bool = False) -> None:
        """Filter; where one is stays in sight. `shared`: by what is chosen for several logs."""
        (self.document.share if shared else self.document.show_only)(chosen)
        self.finder.start_again()
        self._keep_working()
        self.lay_out()

    def look_for(self, query: Query) -> None:
        """Highlight all hits, the first ones as soon as they are found."""
        self.finder.look_for(query)
        self.finder.go_on()
        self._keep_working()
        self.found.emit()
        self.lay_out()

    def step(self, backwards: bool) -> None:
        """Make the next hit the current one, or the one before, and scroll to it."""
        near = self.strips[0].place if self.strips else 0
        place = self.finder.step(backwards, near)
        if place is not None:
            self.show_place(place)
        self.found.emit()

    def clear(self) -> None:
        """Hide what is there, and follow what comes."""
        self.document.clear()
        self.finder.start_again()
        self.select(None)
        self.follow(True)

    def select(self, selection: Selection | None) -> None:
        """Select this text instead of what was selected before."""
        if selection != self.selection:
            self.selection = selection
            self.viewport().update()

    def activate(self, link: Link) -> None:
        """Say that a link was followed."""
        if isinstance(link, TaskLink):
            self.task_clicked.emit(link.id)
        else:
            self.place_clicked.emit(link.path, link.line)

    def copy(self, prefix: bool = False) -> None:
        """Put what is selected on the clipboard."""
        if self.selection and self.selection.anchor != self.selection.head:
            text = selected_text(self.document, self.selection, prefix)
            QGuiApplication.clipboard().setText(text)

    @property
    def caret(self) -> Point | None:
        """Where keys act: the end of the selection, else the first row; None without rows."""
        if self.selection and self.document.first <= self.selection.head.place < self.document.end:
            return self.selection.head
        return Point(self.strips[0].place, self.strips[0].part, 0) if self.strips else None

    def reveal(self, point: Point) -> None:
        """Scroll no more than needed to have a point in sight."""
        visible = self.strips[: self.fit]
        if visible and point.place < visible[0].place:
            self.go_to(Anchor(point.place))
        elif visible and point.place > visible[-1].place:
            end = Anchor(point.place, len(self.layout_of_rows.strips(point.place)))
            self.go_to(self.layout_of_rows.up(end, self.fit))
        if not self.wrap:
            least = point.column - self.columns.columns + 1
            self.scroll_columns(min(point.column, max(self.scrolled, least)) - self.scrolled)

    def fold(self, record: int) -> None:
        """Fold a traceback or unfold it; what is at the top stays there."""
        self.document.toggle(record)
        if self.anchor:
            self.go_to(self.anchor)

    def toggle_bookmark(self) -> None:
        """Mark the row of the caret, or take its mark away."""
        if self.caret:
            self.document.toggle_bookmark(self.caret.place)
            self.lay_out()

    def next_bookmark(self) -> None:
        """Go to the next bookmark below the caret, round the end."""
        marks, caret = self.document.bookmarks, self.caret
        if marks and caret:
            place = next((mark for mark in marks if mark > caret.place), marks[0])
            self.select(Selection(Point(place, 0, 0), Point(place, 0, 0)))
            self.show_place(place)

    # --- What is where ---

    def strip_at(self, y: float) -> Strip | None:
        """The strip at this height of the viewport."""
        index = int((y - self.top) // self.metrics.row)
        return self.strips[index] if 0 <= index < len(self.strips) else None

    def point_at(self, where: QPointF) -> Point | None:
        """The nearest point of text; None when there is no row."""
        if not self.strips:
            return None
        index = int((where.y() - self.top) // self.metrics.row)
        strip = self.strips[max(0, min(index, len(self.strips) - 1))]
        text, start = strip.row.text, strip.start + self.scrolled
        column = self.columns.column(text, where.x(), min(start, strip.end), strip.end)
        return Point(strip.place, strip.part, column)

    def link_at(self, where: QPointF) -> tuple[int, int, Link] | None:
        """The link under the mouse."""
        strip = self.strip_at(where.y())
        cell = (where.x() - self.columns.message_x) / self.metrics.advance
        if strip is None or cell < 0:
            return None
        column = self.columns.column(
            strip.row.text,
            where.x() - self.metrics.advance / 2,
            strip.start + self.scrolled,
            strip.end,
        )
        link = strip.row.link_at(column) if column < strip.end else None
        return (strip.place, strip.part, link) if link else None

    # --- Events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible rows."""
        painter = QPainter(self.viewport())
        tokens = self._theme.tokens
        painter.fillRect(event.rect(), ink(tokens.log))
        before = None
        if self.time is TimeFormat.RELATIVE and self.strips:
            place = self.document.previous(self.strips[0].place)
            before = None if place is None else printed_at(self.document, place)
        scene = Scene(
            self.strips,
            self.top,
            self.columns,
            self.metrics,
            tokens,
            self.finder,
            self.time,
            before,
            self.scrolled,
            self.selection,
            self.focused if self.hasFocus() else None,
            self.document.bookmarks,
            self.names,
            self.numbers,
            self.wrap,
        )
        paint(painter, scene, self.viewport().width())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for other rows."""
        super().resizeEvent(event)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the log; all others go on to the window."""
        if not press(self, event):
            event.ignore()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes from link to link, and leaves behind the last one."""
        self.focused = next_link(self, following)
        self.viewport().update()
        return self.focused is not None or super().focusNextPrevChild(following)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focused link is shown."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No link is focused any more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or press a link or a fold."""
        self._gestures.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._gestures.double_click(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on, or show that there is a link."""
        self._gestures.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link that was pressed."""
        self._gestures.release(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu."""
        self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll rows; with Shift columns, with Ctrl the size of the font."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        modifiers = event.modifiers()
        sideways = modifiers & Qt.KeyboardModifier.ShiftModifier or not event.angleDelta().y()
        self._wheel += delta
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            steps = int(self._wheel / NOTCH)
            self._wheel -= steps * NOTCH
            self.choose(size=self.metrics.size_px + steps)
            return
        rows = int(self._wheel * ROWS_A_NOTCH / NOTCH)
        self._wheel -= int(rows * NOTCH / ROWS_A_NOTCH)
        if sideways:
            self.scroll_columns(-2 * rows)
        elif rows:
            self.scroll_rows(-rows)

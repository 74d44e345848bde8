"""The mouse over a log: selects text, follows links, folds tracebacks."""

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent

from desktop.logpane.links import Link
from desktop.logpane.selection import Point, Selection, word_at

if TYPE_CHECKING:
    from desktop.logpane.view import LogView

_SCROLL_MS: Final = 50


class _Unit(Enum):
    COLUMN = auto()
    WORD = auto()
    LINE = auto()


class Gestures(QObject):
    """What one press of the button means until it is released."""

    def __init__(self, view: "LogView") -> None:
        super().__init__(view)
        self._view = view
        self._unit = _Unit.COLUMN
        self._origin: tuple[Point, Point] | None = None
        self._link: tuple[int, int, Link] | None = None
        self._pressed = QPointF()
        self._since_double = QElapsedTimer()
        self._at = QPointF()
        self._scroll = QTimer(self, interval=_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Begin."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        where = event.position()
        self._pressed = where
        self._link = self._view.link_at(where)
        if self._fold(where):
            return
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if self._since_double.isValid() and self._since_double.elapsed() < interval:
            self._since_double.invalidate()
            self._begin(where, _Unit.LINE)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._view.selection:
            anchor = self._view.selection.anchor
            self._origin, self._unit = (anchor, anchor), _Unit.COLUMN
            self._extend(where)
        else:
            self._begin(where, _Unit.COLUMN)

    def double_click(self, event: QMouseEvent) -> None:
        """Select the word; one more press selects the line."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position(), _Unit.WORD)
            self._since_double.start()

    def move(self, event: QMouseEvent) -> None:
        """Extend the selection while the button is down, else show what is below."""
        where = event.position()
        if event.buttons() & Qt.MouseButton.LeftButton and self._origin:
            self._at = where
            self._extend(where)
            inside = 0 <= where.y() < self._view.viewport().height()
            if inside:
                self._scroll.stop()
            elif not self._scroll.isActive():
                self._scroll.start()
            return
        hand = self._view.link_at(where) or self._foldable(where) is not None
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        if self._view.viewport().cursor().shape() is not shape:
            self._view.viewport().setCursor(shape)

    def release(self, event: QMouseEvent) -> None:
        """End; a link that was pressed and not dragged is followed."""
        self._scroll.stop()
        self._origin = None
        link, self._link = self._link, None
        moved = (event.position() - self._pressed).manhattanLength()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if link and plain and moved < QGuiApplication.styleHints().startDragDistance():
            self._view.focused = link
            self._view.activate(link[2])

    def _begin(self, where: QPointF, unit: _Unit) -> None:
        point = self._view.point_at(where)
        if point is None:
            return
        self._unit = unit
        self._origin = self._around(point)
        self._view.select(Selection(*self._origin))

    def _extend(self, where: QPointF) -> None:
        point = self._view.point_at(where)
        if point is None or self._origin is None:
            return
        first, last = self._origin
        left, right = self._around(point)
        backwards = left < first
        self._view.select(Selection(last, left) if backwards else Selection(first, right))

    def _around(self, point: Point) -> tuple[Point, Point]:
        """The word or line around a point, or the point itself twice."""
        rows = self._view.document.rows(point.place)
        text = rows[point.part].text if point.part < len(rows) else ""
        match self._unit:
            case _Unit.COLUMN:
                return point, point
            case _Unit.WORD:
                start, end = word_at(text, point.column)
            case _Unit.LINE:
                start, end = 0, len(text)
        return Point(point.place, point.part, start), Point(point.place, point.part, end)

    def _scroll_on(self) -> None:
        """The mouse is held above or below the pane."""
        self._view.scroll_rows(-1 if self._at.y() < 0 else 1)
        self._extend(self._at)

    def _foldable(self, where: QPointF) -> int | None:
        strip = self._view.strip_at(where.y())
        if strip is None or where.x() >= self._view.columns.level_x:
            return None
        if not ((strip.row.foldable and where.x() < self._view.columns.time_x) or strip.row.hidden):
            return None
        return self._view.document.record(strip.place)

    def _fold(self, where: QPointF) -> bool:
        record = self._foldable(where)
        if record is None:
            return False
        self._origin = None
        self._view.fold(record)
        return True

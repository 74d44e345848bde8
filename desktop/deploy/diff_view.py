"""A diff as it is read: numbers, signs, and a tint behind what comes and goes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.deploy.diff_lines import DiffLine, Kind
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.theme.tokens import over

PADDING: Final = 8
SIGNS: Final[dict[Kind, str]] = {"added": "+", "removed": "−"}
COLOURS: Final[dict[Kind, str]] = {"added": "ok", "removed": "err"}


class DiffView(QAbstractScrollArea):
    """Long lines are scrolled to; Ctrl+C copies all of it. `most` rows are seen at once, if given:
    the view is as high as what it shows.
    """

    def __init__(
        self, theme: Theme, name: str, most: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = most
        self._lines: tuple[DiffLine, ...] = ()
        self._font = mono_font()
        self._metrics = QFontMetricsF(self._font)
        self.setProperty("role", "code")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.viewport().update)

    @property
    def lines(self) -> tuple[DiffLine, ...]:
        """What it shows."""
        return self._lines

    def show_lines(self, lines: Sequence[DiffLine]) -> None:
        """Show another diff."""
        self._lines = tuple(lines)
        self.setAccessibleDescription(self._text())
        self._measure()
        if self._most is not None:
            self.setFixedHeight(self.sizeHint().height())
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As high as its lines, of which `most` are seen at once."""
        rows = len(self._lines) if self._most is None else min(len(self._lines), self._most)
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(320, rows * sizes.LOG_ROW + 2 * PADDING + bar)

    def _left(self) -> float:
        """Where the text begins."""
        digits = len(str(max((line.number for line in self._lines), default=0)))
        return PADDING + (digits + 4) * self._metrics.horizontalAdvance("0")

    def _measure(self) -> None:
        widest = max(
            (self._metrics.horizontalAdvance(line.text) for line in self._lines), default=0
        )
        inner = self.viewport().size()
        across = round(self._left() + widest + PADDING) - inner.width()
        down = len(self._lines) * sizes.LOG_ROW + 2 * PADDING - inner.height()
        for bar, more, page, step in (
            (self.horizontalScrollBar(), across, inner.width(), 40),
            (self.verticalScrollBar(), down, inner.height(), sizes.LOG_ROW),
        ):
            bar.setRange(0, max(0, more))
            bar.setPageStep(page)
            bar.setSingleStep(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be scrolled is another."""
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy all of it, or scroll."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._text())
        else:
            super().keyPressEvent(event)

    def _text(self) -> str:
        return "\n".join(f"{SIGNS.get(line.kind, ' ')} {line.text}" for line in self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that can be seen."""
        painter = QPainter(self.viewport())
        painter.setFont(self._font)
        top = PADDING - self.verticalScrollBar().value()
        first = max(0, -top // sizes.LOG_ROW)
        last = min(len(self._lines), first + self.viewport().height() // sizes.LOG_ROW + 2)
        for number in range(first, last):
            self._paint_line(painter, self._lines[number], top + number * sizes.LOG_ROW)
        painter.end()

    def _paint_line(self, painter: QPainter, line: DiffLine, top: float) -> None:
        tokens = self._theme.tokens
        width, left = self.viewport().width(), self._left()
        colour = getattr(tokens, COLOURS[line.kind]) if line.kind in COLOURS else None
        ground = tokens.log if colour is None else over(colour, tokens.log, sizes.LOG_TINT)
        box = QRectF(0, top, width, sizes.LOG_ROW)
        if colour is not None:
            painter.fillRect(box, QColor(ground))
        base = top + (sizes.LOG_ROW + self._metrics.ascent() - self._metrics.descent()) / 2
        quiet = line.kind in ("same", "gap")
        painter.setPen(QColor(tokens.text2 if quiet else tokens.text))
        if line.kind == "file":
            painter.setPen(QColor(tokens.dim))
            left = PADDING
        painter.drawText(QPointF(left - self.horizontalScrollBar().value(), base), line.text)
        if line.kind == "file" or self._left() <= 0:
            return
        painter.fillRect(QRectF(0, top, left - 2, sizes.LOG_ROW), QColor(ground))
        if line.number:
            painter.setPen(QColor(tokens.dim))
            painter.drawText(QPointF(PADDING, base), str(line.number))
        if colour is not None:
            painter.setPen(QColor(colour))
            sign = left - 2.5 * self._metrics.horizontalAdvance("0")
            painter.drawText(QPointF(sign, base), SIGNS[line.kind])

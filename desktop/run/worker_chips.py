"""Chips with which single workers are hidden in the log of all, and shown again."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.run.worker_rows import WorkerRow
from desktop.theme import tokens as sizes
from desktop.theme.looks import Look
from desktop.theme.theme import Theme
from desktop.widgets.shapes import paint_shape
from desktop.widgets.tile import paint_plain_tile, paint_tile

_PAD: Final = 5
_GAP: Final = 8
_SHAPE: Final = 10


class WorkerChip(QAbstractButton):
    """Tile, name and state of one worker; off, it has no fill and is dim."""

    def __init__(self, theme: Theme, row: WorkerRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = row.number
        self._letter = row.letter
        self._look = row.look
        self._short = False
        self.setText(row.name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._name)
        theme.changed.connect(self.update)
        self._name()

    def show_look(self, number: int, look: Look) -> None:
        """Show another state, or another place in the fleet."""
        if (number, look) != (self._number, self._look):
            self._number, self._look = number, look
            self._name()
            self.update()

    def show_short(self, short: bool) -> None:
        """Leave the name out, or show it."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def _name(self) -> None:
        deed = "Hide" if self.isChecked() else "Show"
        self.setAccessibleName(f"{self.text()}, {self._look.label}")
        self.setToolTip(f"{deed} {self.text()}: {self._look.label}")

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Medium)
        return font

    def sizeHint(self) -> QSize:
        """As wide as what it says needs."""
        name = (
            0 if self._short else QFontMetrics(self._font()).horizontalAdvance(self.text()) + _GAP
        )
        return QSize(_PAD + sizes.TILE + _GAP + name + _SHAPE + _GAP, sizes.COMPACT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens, on = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = tokens.acc if self.hasFocus() else tokens.line2 if on else tokens.line
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(tokens.raised) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        tile = QRectF(_PAD, (self.height() - sizes.TILE) / 2, sizes.TILE, sizes.TILE)
        if on and not self._letter:
            paint_tile(painter, tile, self._number, tokens)
        else:
            paint_plain_tile(painter, tile, self._letter or str(self._number), tokens)
        if not self._short:
            painter.setFont(self._font())
            painter.setPen(QColor(tokens.text if on else tokens.dim))
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box.adjusted(tile.right() + _GAP, 0, 0, 0), left, self.text())
        centre = QPointF(self.width() - _GAP - _SHAPE / 2, self.height() / 2)
        colour = getattr(tokens, self._look.colour) if on else tokens.dim
        paint_shape(painter, centre, self._look.shape, colour)
        painter.end()


class WorkerChips(QWidget):
    """`changed` comes when a person hid a worker or showed one."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: dict[str, WorkerChip] = {}
        self._hidden: set[str] = set()
        self._short = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the workers that are not to be seen; one that left is remembered."""
        return frozenset(self._hidden)

    def hide_workers(self, names: frozenset[str]) -> None:
        """Hide these and no others, without `changed`."""
        self._hidden = set(names)
        for name, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(name not in names)
            chip.blockSignals(False)

    def show_workers(self, rows: Sequence[WorkerRow]) -> None:
        """Show a chip for each."""
        for name in self._chips.keys() - {row.worker.name for row in rows}:
            gone = self._chips.pop(name)
            self._row.removeWidget(gone)
            gone.deleteLater()
        for place, row in enumerate(rows):
            name = row.worker.name
            if name not in self._chips:
                chip = self._chips[name] = WorkerChip(self._theme, row)
                chip.setChecked(name not in self._hidden)
                chip.show_short(self._short)
                chip.toggled.connect(partial(self._toggled, name))
            self._chips[name].show_look(row.number, row.look)
            if self._row.indexOf(self._chips[name]) != place:
                self._row.insertWidget(place, self._chips[name])

    def show_short(self, short: bool) -> None:
        """Leave the names out, or show them."""
        self._short = short
        for chip in self._chips.values():
            chip.show_short(short)
        self._row.invalidate()
        self.updateGeometry()

    def _toggled(self, name: str, on: bool) -> None:
        (self._hidden.discard if on else self._hidden.add)(name)
        self.changed.emit()

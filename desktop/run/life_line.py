"""Paints what became of a task, one step below the other."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.run.task_life import Step
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens
from desktop.widgets.shapes import paint_shape

ROW: Final = 44
LOW: Final = 26
"""A step without a detail."""
_LEFT: Final = 28
_SHAPE: Final = 8.0


class LifeLine(QWidget):
    """`number` gives the number of a worker, 0 for one that has none."""

    def __init__(
        self, theme: Theme, number: Callable[[str], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._steps: Sequence[Step] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these; a screen reader is told all of them."""
        self._steps = steps
        self.setAccessibleName("; ".join(_sentence(step) for step in steps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its steps."""
        return QSize(200, sum(_height(step) for step in self._steps))

    def event(self, event: QEvent) -> bool:
        """A detail that was cut is told by the tooltip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            top = 0
            for step in self._steps:
                if top <= event.pos().y() < top + _height(step):
                    QToolTip.showText(event.globalPos(), step.detail, self)
                top += _height(step)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        top = 0
        for place, step in enumerate(self._steps):
            height = _height(step)
            centre = QPointF(_SHAPE, top + 10)
            if place + 1 < len(self._steps):
                line = QRectF(_SHAPE - 0.5, top + 18, 1, height - 16)
                painter.fillRect(line, QColor(tokens.line2))
            paint_shape(painter, centre, step.look.shape, getattr(tokens, step.look.colour), _SHAPE)
            self._paint_words(painter, step, top, tokens)
            top += height
        painter.end()

    def _paint_words(self, painter: QPainter, step: Step, top: int, tokens: Tokens) -> None:
        small, strong = QFont(self.font()), QFont(self.font())
        small.setPixelSize(12)
        strong.setWeight(QFont.Weight.DemiBold)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = float(self.width())
        if step.after_s is not None:
            painter.setFont(small)
            painter.setPen(QColor(tokens.dim))
            words = after(step.after_s)
            painter.drawText(QRectF(0, top, right, 20), middle | Qt.AlignmentFlag.AlignRight, words)
            right -= max(72.0, QFontMetricsF(small).horizontalAdvance(words) + 8)
        if step.worker is not None:
            number = self._number(step.worker)
            colour = tokens.worker(number) if number else tokens.text2
            painter.fillRect(QRectF(right - 4, top + 3, 4, 14), QColor(colour))
            right -= 12
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        room = right - _LEFT
        title = QFontMetricsF(strong).elidedText(step.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(_LEFT, top, room, 20), middle, title)
        if step.detail:
            font = mono_font() if step.code else small
            painter.setFont(font)
            painter.setPen(QColor(tokens.text2))
            room = self.width() - _LEFT
            said = " ".join(step.detail.split())
            words = QFontMetricsF(font).elidedText(said, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(_LEFT, top + 20, room, 18), middle, words)


def after(seconds: float) -> str:
    """A time since the first step: +0.004 s, +15.23 s, +3 min 5 s."""
    if seconds < 100:
        return f"+{seconds:.3f} s" if seconds < 10 else f"+{seconds:.2f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"+{minutes} min {rest} s"


def _height(step: Step) -> int:
    return ROW if step.detail else LOW


def _sentence(step: Step) -> str:
    worker = "" if step.worker is None else f" by {step.worker.partition('@')[0]}"
    at = "" if step.after_s is None else f", {after(step.after_s)}"
    detail = f": {step.detail}" if step.code else ""
    return f"{step.title}{worker}{detail}{at}"

"""The steps below each other: where one is, and how far each of them is."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop.deploy.steps import UNSEEN, Mark, Standing, Step
from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens, over

HEIGHT: Final = 72
LOWEST: Final = 44
"""Where there are many steps, or the window is low."""
LEFT: Final = 24
RADIUS: Final = 11
TEXT_LEFT: Final = 48
MARKS: Final[dict[Mark, tuple[str, str]]] = {
    Mark.DONE: ("check", "ok"),
    Mark.LOOK_AT: ("warning", "warn"),
    Mark.FAULT: ("close", "err"),
}
"""The icon in the circle, and its colour."""
WORDS: Final[dict[Mark, str]] = {
    Mark.LOOK_AT: "warn",
    Mark.FAULT: "err",
    Mark.RUNNING: "acc",
}
"""The colour of the second line."""


class StepButton(QAbstractButton):
    """One step; `first` and `last` have no line above or below their circle."""

    def __init__(self, theme: Theme, step: Step, number: int, *, last: bool) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._last = last
        self.standing = UNSEEN
        self.setText(step)
        self.setCheckable(True)
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_standing(UNSEEN)
        theme.changed.connect(self.update)

    def show_standing(self, standing: Standing) -> None:
        """How far it is now."""
        self.standing = standing
        self.setAccessibleName(
            f"Step {self._number}, {self.text()}: {standing.mark}, {standing.words}"
        )
        self.setToolTip(standing.words)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, centre = self._box(), self._centre()
        ground = tokens.hover if self.isChecked() else tokens.panel
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(QColor(tokens.acc) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground if self.isChecked() else tokens.raised))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.isChecked():
            painter.fillRect(QRectF(0, box.top() + 8, 2, box.height() - 16), QColor(tokens.acc))
        if not self._last:
            painter.setPen(QPen(QColor(tokens.line2), 1))
            gap = RADIUS + min(8, box.top() + self.height() - box.bottom())
            bottom = self.height() + centre.y() - gap
            painter.drawLine(centre + QPointF(0, gap), QPointF(centre.x(), bottom))
        self._paint_circle(painter, tokens, ground)
        self._paint_words(painter, tokens)
        painter.end()

    def _box(self) -> QRectF:
        """What is coloured; the gap below shrinks with the height."""
        gap = 4 + 12 * (self.height() - LOWEST) / (HEIGHT - LOWEST)
        return QRectF(self.rect()).adjusted(0, 2, 0, -gap)

    def _centre(self) -> QPointF:
        return QPointF(LEFT, self._box().center().y() - 3)

    def _paint_circle(self, painter: QPainter, tokens: Tokens, ground: str) -> None:
        centre = self._centre()
        mark = self.standing.mark
        if mark in MARKS:
            icon_name, name = MARKS[mark]
            colour = getattr(tokens, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(over(colour, ground, 0.2)))
            painter.drawEllipse(centre, RADIUS, RADIUS)
            icon = pixmap(icon_name, colour, 14, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(centre.x() - 7, centre.y() - 7), icon)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.line2), 1.5))
        painter.drawEllipse(centre, RADIUS - 0.75, RADIUS - 0.75)
        circle = QRectF(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS).translated(centre)
        if mark is Mark.RUNNING:
            painter.setPen(QPen(QColor(tokens.acc), 2))
            painter.drawArc(circle.adjusted(1, 1, -1, -1), 90 * 16, -120 * 16)
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._font(11, QFont.Weight.DemiBold))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_words(self, painter: QPainter, tokens: Tokens) -> None:
        width = self.width() - TEXT_LEFT - 8
        middle = self._box().center().y()
        painter.setFont(self._font(13, QFont.Weight.DemiBold))
        painter.setPen(QColor(tokens.text))
        painter.drawText(QPointF(TEXT_LEFT, middle - 6), self.text())
        font = self._font(12, QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(getattr(tokens, WORDS.get(self.standing.mark, "text2"))))
        right = Qt.TextElideMode.ElideRight
        words = QFontMetricsF(font).elidedText(self.standing.words, right, width)
        painter.drawText(QPointF(TEXT_LEFT, middle + 13), words)

    def _font(self, pixels: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font


class StepList(QWidget):
    """`chosen` has the Step that was clicked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Steps")
        steps = list(Step)
        self.buttons = {
            step: StepButton(theme, step, number, last=step is steps[-1])
            for number, step in enumerate(steps, 1)
        }
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, button in enumerate(self.buttons.values()):
            group.addButton(button, number)
            column.addWidget(button)
        self.setMaximumHeight(HEIGHT * len(steps))
        group.idClicked.connect(self._clicked)
        self.choose(steps[0])

    def choose(self, step: Step) -> None:
        """Show which one is seen."""
        self.buttons[step].setChecked(True)

    def show_standings(self, standings: Mapping[Step, Standing]) -> None:
        """How far each of them is."""
        for step, standing in standings.items():
            self.buttons[step].show_standing(standing)

    def _clicked(self, number: int) -> None:
        self.chosen.emit(list(Step)[number])

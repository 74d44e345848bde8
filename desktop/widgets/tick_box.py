"""A box that a person ticks."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme
from desktop.theme.tokens import Tokens

SIDE: Final = 18


class TickBox(QAbstractButton):
    """Space and clicks ask for the other state by `clicked`; it changes by `show_ticked` alone."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_ticked(self, ticked: bool) -> None:
        """Whether it is."""
        self.setChecked(ticked)

    def nextCheckState(self) -> None:
        """Stay as it is: what is shown comes back from the core."""

    def sizeHint(self) -> QSize:
        """The box, with room for its focus."""
        return QSize(SIDE + 4, SIDE + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, 2.5, SIDE - 1, SIDE - 1)
        if self.hasFocus():
            painter.setPen(QColor(tokens.acc))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        draw_tick(painter, box, tokens, ticked=self.isChecked(), near=self.underMouse())
        painter.end()


def draw_tick(
    painter: QPainter, box: QRectF, tokens: Tokens, *, ticked: bool, near: bool = False
) -> None:
    """Draw a box of about `SIDE` px; `near`: the mouse is."""
    edge = tokens.accfill if ticked else tokens.text2 if near else tokens.dim
    painter.setPen(QPen(QColor(edge), 1.5))
    painter.setBrush(QColor(tokens.accfill if ticked else tokens.field))
    painter.drawRoundedRect(box, 4, 4)
    if ticked:
        icon = pixmap("check", tokens.onacc, 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.center().x() - 7, box.center().y() - 7), icon)

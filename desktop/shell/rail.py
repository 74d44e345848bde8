"""The rail at the left: the pages, and what is about the program itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from desktop.theme import tokens as sizes
from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, shown_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One page."""

    icon_name: str
    label: str
    key: str


class RailButton(QAbstractButton):
    """An icon over its label. `trouble` is a number at its corner, 0 for none."""

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry = entry
        self._trouble = 0
        self.setCheckable(True)
        self.setText(entry.label)
        self.setAccessibleName(entry.label)
        self.setToolTip(f"{entry.label}  {shown_key(entry.key)}")
        self.setShortcut(entry.key)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(sizes.RAIL - 1, 56)
        theme.changed.connect(self.update)

    def show_trouble(self, count: int) -> None:
        """So many things want to be looked at."""
        if count != self._trouble:
            self._trouble = count
            more = f", {count} in trouble" if count else ""
            self.setAccessibleName(self._entry.label + more)
            self.update()

    def sizeHint(self) -> QSize:
        """Always the same."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 4, -8, -4)
        active = self.isChecked()
        if active or self.underMouse() or self.hasFocus():
            painter.setPen(QColor(tokens.acc) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover if active else tokens.raised))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if active:
            painter.fillRect(QRectF(0, box.top() + 8, 2, box.height() - 16), QColor(tokens.acc))
        colour = tokens.text if active else tokens.text2
        scale = self.devicePixelRatioF()
        icon = pixmap(self._entry.icon_name, colour, 20, scale)
        painter.drawPixmap(round(box.center().x() - 10), round(box.top() + 6), icon)
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        label = QRectF(box.left(), box.bottom() - 20, box.width(), 16)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self._entry.label)
        if self._trouble:
            self._paint_trouble(painter, box, font)
        painter.end()

    def _paint_trouble(self, painter: QPainter, box: QRectF, font: QFont) -> None:
        tokens = self._theme.tokens
        text = str(self._trouble) if self._trouble < 10 else "9+"
        badge = QRectF(box.right() - 18, box.top() + 3, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.err))
        painter.drawRoundedRect(badge, 4, 4)
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(QColor(tokens.on_tile))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """`page` has the number of the page that was asked for; the others are clicks."""

    page = Signal(int)
    flower = Signal()
    keys = Signal()
    settings = Signal()

    def __init__(
        self, theme: Theme, entries: Sequence[Entry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(sizes.RAIL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 1, 12)
        column.setSpacing(4)
        column.addWidget(_logo(theme), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        self.buttons = [RailButton(theme, entry) for entry in entries]
        group = QButtonGroup(self)
        for number, button in enumerate(self.buttons):
            group.addButton(button, number)
            column.addWidget(button)
        group.idClicked.connect(self.page)
        self.buttons[0].setChecked(True)
        column.addStretch(1)
        keys = IconButton(
            theme, "keyboard", "Commands and their keys", self.keys.emit, key="F1", size=20
        )
        settings = IconButton(
            theme, "settings", "Settings", self.settings.emit, key="Ctrl+,", size=20
        )
        flower = IconButton(theme, "flower", "Open Flower", self.flower.emit, size=20)
        for button in (flower, keys, settings):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)


def _logo(theme: Theme) -> QWidget:
    return _Logo(theme)


class _Logo(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedSize(28, 28)
        self.setAccessibleName("Solofleet")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap("logo", "#ffffff", 28, self.devicePixelRatioF()))
        painter.end()

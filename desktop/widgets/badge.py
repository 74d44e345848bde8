"""An icon and words in an outlined box: where one is, and how the broker does."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.theme.icons import pixmap
from desktop.theme.theme import Theme

Tone = Literal["ok", "warn", "err", "plain"]


class Badge(QFrame):
    """`strong` is what it says, `more` a detail in a quieter colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = "broker"
        self._tone: Tone = "plain"
        self._icon = QLabel()
        self._strong = QLabel()
        self._more = QLabel()
        self._more.setProperty("role", "dim")
        self.setProperty("role", "badge")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 10, 0)
        row.setSpacing(6)
        for label in (self._icon, self._strong, self._more):
            row.addWidget(label, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(24)
        theme.changed.connect(self._draw)

    def tell(self, icon_name: str, strong: str, more: str = "", tone: Tone = "plain") -> None:
        """Say something else."""
        self._icon_name, self._tone = icon_name, tone
        self._strong.setText(strong)
        self.detail(more)
        self.setProperty("tone", tone)
        self._draw()

    def detail(self, more: str) -> None:
        """Say something else beside it."""
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{self._strong.text()} {more}".strip())

    def _draw(self) -> None:
        tokens = self._theme.tokens
        colour = tokens.text2 if self._tone == "plain" else getattr(tokens, self._tone)
        self._icon.setPixmap(pixmap(self._icon_name, colour, 16, self.devicePixelRatioF()))
        for widget in (self, self._strong):  # the sheet depends on `tone`
            widget.style().unpolish(widget)
            widget.style().polish(widget)

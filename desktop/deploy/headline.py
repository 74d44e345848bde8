"""A title with a link behind it; where both have no room in one line, the link goes below."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

GAP: Final = 12
LINE: Final = 20


class Headline(QWidget):
    """The title wraps. Without `link_text` there is no link."""

    def __init__(
        self, theme: Theme, title: str, link_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = label(title, "strong", wrap=True, parent=self)
        self.link = TextButton(theme, link_text, role="link", parent=self)
        self.link.setFont(mono_font())
        self.link.setVisible(bool(link_text))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """In one line, or in as many as it takes."""
        if self._fits(width):
            return LINE
        below = LINE if self.link.text() else 0
        return max(LINE, self.title.heightForWidth(width)) + below

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        return QSize(self._title_width() + GAP + self._link_width(), LINE)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(80, LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put both where they belong."""
        super().resizeEvent(event)
        width = self.width()
        link = min(self._link_width(), width)
        if self._fits(width):
            title = self._title_width()
            self.title.setGeometry(0, 0, title, LINE)
            self.link.setGeometry(title + GAP, 0, link, LINE)
            return
        height = max(LINE, self.title.heightForWidth(width))
        self.title.setGeometry(0, 0, width, height)
        self.link.setGeometry(0, height, link, LINE)

    def _fits(self, width: int) -> bool:
        return self._title_width() + GAP + self._link_width() <= width

    def _title_width(self) -> int:
        self.title.ensurePolished()
        return self.title.fontMetrics().horizontalAdvance(self.title.text()) + 2

    def _link_width(self) -> int:
        return self.link.sizeHint().width() if self.link.text() else 0

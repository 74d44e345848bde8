"""Buttons with an icon that follows the theme."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.theme.icons import SIZE, icon
from desktop.theme.theme import Theme

GAP: Final = 4
"""Pixels between icon and label, beside those that the style leaves."""
Role = Literal["", "primary", "danger", "quiet", "link", "fold", "news", "field"]


class IconButton(QToolButton):
    """An icon alone. Its name is what a screen reader says; the tooltip has the key as well.

    A double click is one click, unless it is `quick`: a button that is pressed often in a row.
    """

    def __init__(
        self,
        theme: Theme,
        icon_name: str,
        name: str,
        clicked: Callable[[], object] | None = None,
        *,
        key: str = "",
        colour: str = "text2",
        size: int = SIZE,
        quick: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._quick = quick
        self._theme = theme
        self._icon_name = icon_name
        self._colour = colour
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {shown_key(key)}" if key else name)
        self.setIconSize(QSize(size, size))
        self._size = size
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon_name: str, name: str, colour: str = "text2") -> None:
        """Become another button."""
        self._icon_name, self._colour = icon_name, colour
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._draw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press counts where it is quick: elsewhere it would undo what the first did."""
        if self._quick:
            super().mouseDoubleClickEvent(event)

    def _draw(self) -> None:
        tokens = self._theme.tokens
        colour = getattr(tokens, self._colour)
        self.setIcon(icon(self._icon_name, colour, tokens.line2, self._size))


class TextButton(QPushButton):
    """A label, with an icon before it if there is one, and its key in the tooltip.

    A double click is one click. A second one would do more harm than good: it stops what the first
    has started, or breaks off what the first lets finish.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        clicked: Callable[[], object] | None = None,
        *,
        icon_name: str | None = None,
        role: Role = "",
        key: str = "",
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, parent)
        self._theme = theme
        self._icon_name = icon_name
        self._role = role
        self.setProperty("role", role)
        self.setProperty("compact", compact)
        self.setAccessibleName(label)
        if key:
            self.setToolTip(f"{label}  {shown_key(key)}")
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self._draw()

    def setText(self, text: str) -> None:
        """Say something else, or leave the icon alone."""
        other = bool(text) != bool(self.text())
        super().setText(text)
        if other:
            self._draw()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press is none of its own."""

    def _draw(self) -> None:
        if self._icon_name is None:
            return
        gap = GAP if self.text() else 0
        tokens = self._theme.tokens
        colour = {
            "primary": tokens.onacc,
            "danger": tokens.err,
            "link": tokens.acc,
        }.get(self._role, tokens.text2)
        self.setIcon(icon(self._icon_name, colour, tokens.dim, gap=gap))
        self.setIconSize(QSize(SIZE + gap, SIZE))


def shown_key(key: str) -> str:
    """A key sequence as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

"""An icon that is no button."""

from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme.icons import SIZE, pixmap
from desktop.theme.looks import Colour
from desktop.theme.theme import Theme


class Icon(QLabel):
    """Follows the theme; decoration beside words, so it has no name of its own."""

    def __init__(
        self,
        theme: Theme,
        icon_name: str,
        colour: Colour,
        *,
        size: int = SIZE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._colour = colour
        self._size = size
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon_name: str, colour: Colour) -> None:
        """Become another one."""
        self._icon_name, self._colour = icon_name, colour
        self._draw()

    def _draw(self) -> None:
        colour = getattr(self._theme.tokens, self._colour)
        self.setPixmap(pixmap(self._icon_name, colour, self._size, self.devicePixelRatioF()))

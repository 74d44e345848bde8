"""What was said lately, listed on a click."""

from collections import deque
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from core.changes import Said
from desktop.shell.status_bar import StatusBar

MOST: Final = 20


class News:
    """Keeps the last `MOST`, and shows the latest in the status bar; a click there lists them."""

    def __init__(self, status: StatusBar) -> None:
        self._status = status
        self._texts = deque[str](maxlen=MOST)
        status.history.connect(self._list)

    def take(self, said: Said) -> None:
        """Something was said."""
        text = said.text if said.who is None else f"{said.who.partition('@')[0]}: {said.text}"
        self._texts.append(f"{datetime.now():%H:%M:%S}  {text}")
        self._status.show_news(text)

    def _list(self) -> None:
        """The latest first; a click on one copies it."""
        menu = QMenu(self._status)
        for text in reversed(self._texts):
            menu.addAction(text).triggered.connect(
                partial(QGuiApplication.clipboard().setText, text)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self._status.mapToGlobal(self._status.rect().topRight())
        size = menu.sizeHint()
        menu.popup(corner - QPoint(size.width() + 8, size.height()))

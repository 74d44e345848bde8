"""Logs on a screen that nobody sees."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.logs.store import LogStore
from desktop.logpane.document import Document
from desktop.logpane.source import StoreSource
from desktop.logpane.view import LogView
from desktop.theme.theme import Theme
from tests.support.logs import store_of

ROWS = 10
"""Rows that `open_view` has room for."""


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on."""
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.fixture
def open_view(theme: Theme, qtbot: QtBot) -> Callable[..., tuple[LogStore, LogView]]:
    """Shows a log of these texts in a pane of `ROWS` rows."""

    def show(*texts: str, width: int = 700, **options: int) -> tuple[LogStore, LogView]:
        store = store_of(*texts, **options)
        view = LogView(theme, Document(StoreSource(store)))
        qtbot.addWidget(view)
        view.resize(width, ROWS * view.metrics.row + 12)
        view.show()
        qtbot.waitExposed(view)
        view.setFocus()
        return store, view

    return show

"""Asks once whether workers of others are to be watched."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import ErrorCard


class WatchCard(QWidget):
    """`decide` has the answer; whoever closes it without one is asked again another time."""

    def __init__(self, theme: Theme, known: FleetError, decide: Callable[[bool], object]) -> None:
        super().__init__()
        self._decide = decide
        watch = TextButton(theme, "Watch them", partial(self._answer, True), compact=True)
        leave = TextButton(
            theme, "Not in this project", partial(self._answer, False), role="quiet", compact=True
        )
        card = ErrorCard(theme, known, (watch, leave), warning=True)
        card.closed.connect(self.close)
        self.setAccessibleName(card.accessibleName())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(card)

    def _answer(self, watch: bool) -> None:
        self._decide(watch)
        self.close()

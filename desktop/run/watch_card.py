"""Asks once whether workers of others are to be watched."""

from collections.abc import Callable
from functools import partial

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import ErrorCard


class WatchCard(ErrorCard):
    """`decide` has the answer; whoever closes it without one is asked again another time."""

    def __init__(self, theme: Theme, known: FleetError, decide: Callable[[bool], object]) -> None:
        self._decide = decide
        watch = TextButton(theme, "Watch them", partial(self._answer, True), compact=True)
        leave = TextButton(
            theme, "Not in this project", partial(self._answer, False), role="quiet", compact=True
        )
        super().__init__(theme, known, (watch, leave), warning=True)

    def _answer(self, watch: bool) -> None:
        self._decide(watch)
        self.close()

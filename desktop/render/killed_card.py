"""Instances that ran out of memory: what that means, with a button for each answer."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.render.remote.kills import Kills
from core.render.remote.resizing import Capacity
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton


class KilledCard(FaultCard):
    """`asked` has the Capacity of the answer that was clicked."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.buttons = (
            TextButton(theme, "", partial(self._ask, 0), icon_name="check", role="primary"),
            TextButton(theme, "", partial(self._ask, 1)),
        )
        super().__init__(theme, self.buttons, parent)
        self._answers: tuple[Capacity, ...] = ()

    def show_kills(self, kills: Kills | None) -> None:
        """What they mean; None hides the card."""
        self._answers = () if kills is None else kills.answers
        for place, button in enumerate(self.buttons):
            given = place < len(self._answers)
            button.setVisible(given)
            if given:
                words = answer_words(self._answers[place])
                button.setText(words)
                button.setAccessibleName(words)
        self.show_error(None if kills is None else kills.told)

    def _ask(self, place: int) -> None:
        self.asked.emit(self._answers[place])


def answer_words(answer: Capacity) -> str:
    """A button for it: Run 1 at once…, Take standard…; the question that follows has the rest."""
    return f"Run {answer.concurrency} at once…" if answer.plan is None else f"Take {answer.plan}…"

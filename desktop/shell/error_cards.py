"""The errors on top of the page, each until it is closed or past."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import UNAVAILABLE, FleetError
from desktop.desk import Desk
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import ErrorCard

MOST: Final = 3
"""More would leave no page; the list of notifications has them all."""
AGAIN: Final = "Read the project again"
Remedies = Callable[[FleetError], Sequence[QWidget]]


class ErrorCards(QObject):
    """`layout` is where they are seen, the latest at the bottom.

    The same error twice is one card. What was told of a project is past when another one is opened,
    when it is closed, and when its workers are started anew: it is told again where it still holds.
    """

    def __init__(self, theme: Theme, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._shown: list[tuple[ErrorCard, FleetError, bool]] = []
        self.layout = QVBoxLayout()
        self.layout.setContentsMargins(16, 0, 16, 0)
        self.layout.setSpacing(8)
        self.remedies: Remedies = lambda error: ()
        """Gives the buttons that help with an error."""
        desk.failed.connect(self._failed)
        desk.opening.connect(self._past)
        desk.closed.connect(self._past)
        desk.beginning.connect(self._beginning)

    def show(self, error: FleetError) -> None:
        """Show one that is about no project."""
        self._show(error, of_project=False)

    def _show(self, error: FleetError, *, of_project: bool) -> None:
        for card, before, _ in tuple(self._shown):
            if (before.what, before.why) == (error.what, error.why):
                card.close()
        if len(self._shown) == MOST:
            self._shown[0][0].close()
        buttons = (*self.remedies(error), *(self._again(error) if of_project else ()))
        card = ErrorCard(self._theme, error, buttons)
        card.setProperty("below-bar", True)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entry = (card, error, of_project)
        card.closed.connect(lambda: self._shown.remove(entry))
        self._shown.append(entry)
        self.layout.addWidget(card)
        card.show()

    def _again(self, error: FleetError) -> Sequence[QWidget]:
        """Files that were mended are read when a project is opened."""
        if self._desk.session is None or error.exit_code != UNAVAILABLE:
            return ()
        return (TextButton(self._theme, AGAIN, self._desk.reopen, icon_name="restart"),)

    def _failed(self, error: FleetError) -> None:
        self._show(error, of_project=True)

    def _beginning(self, begins: bool) -> None:
        if begins:
            self._past()

    def _past(self) -> None:
        for card, _, of_project in tuple(self._shown):
            if of_project:
                card.close()

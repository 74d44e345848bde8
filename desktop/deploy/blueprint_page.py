"""The second step: choices, and room for the diff that they make."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.choices import Choices
from core.render.sizing.measured import Measured, advised_number
from desktop.deploy.blueprint_card import BlueprintCard
from desktop.deploy.choice_form import ChoiceForm
from desktop.theme.theme import Theme


class BlueprintPage(QWidget):
    """Takes the card with the diff in while it is shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = ChoiceForm(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.form)

    def take_in(self, card: BlueprintCard) -> None:
        """Give the diff its place here."""
        self._column.addWidget(card, 1)

    def show_draft(
        self,
        draft: Draft | FleetError | None,
        asked: Choices,
        kept: Choices,
        measured: Measured | None,
    ) -> None:
        """What holds."""
        self.form.setEnabled(isinstance(draft, Draft))
        if isinstance(draft, Draft):
            usual = advised_number(draft.choices.plan or "starter", measured)
            self.form.show_draft(draft, asked, kept, usual)

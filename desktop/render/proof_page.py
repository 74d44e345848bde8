"""The step that proves a deployment, and rehearses the next one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.deploy.sections import scrolled_cards
from desktop.render.proof_card import ProofCard
from desktop.render.rehearsal_card import RehearsalCard
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme


class ProofPage(QWidget):
    """Proof above, rehearsal below; where Render cannot be asked, the way to that on top."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proof = ProofCard(theme)
        self.rehearsal = RehearsalCard(theme)
        self.unasked = FaultCard(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled_cards((self.unasked, self.proof, self.rehearsal)))

    def show_way(self, error: FleetError | None, *, known: bool) -> None:
        """Why nothing can be verified, and what to do; `known`: it can."""
        self.unasked.show_error(error)
        self.proof.show_way(known=known)

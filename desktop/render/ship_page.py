"""The step that commits, pushes and deploys."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.deploy.sections import scrolled_cards
from desktop.render.commit_card import CommitCard
from desktop.render.deploy_card import DeployCard
from desktop.render.history_card import HistoryCard
from desktop.render.push_card import PushCard
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme


class ShipPage(QWidget):
    """From top to bottom: commit, push, deploy, earlier deploys.

    While Render cannot be asked, the way to that is in place of the deploys.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.commit = CommitCard(theme)
        self.push = PushCard(theme)
        self.deploy = DeployCard(theme)
        self.history = HistoryCard(theme)
        self.unasked = FaultCard(theme)
        cards = (self.commit, self.push, self.unasked, self.deploy, self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled_cards(cards))

    def show_way(self, error: FleetError | None) -> None:
        """Why nothing can be deployed, and what to do; None where it can."""
        self.unasked.show_error(error)
        self.deploy.setVisible(error is None)

"""A fault that was mended just now, and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from core.errors import FleetError
from desktop.deploy.facts import Fixed
from desktop.deploy.headline import Headline
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label


class FixedRow(QFrame):
    """`place_clicked` has file and line, `undo` the Fixed."""

    place_clicked = Signal(str, int)
    undo = Signal(object)

    def __init__(self, theme: Theme, fixed: Fixed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fixed = fixed
        self.setProperty("role", "row")
        told = fixed.told
        assert told.mend is not None, "it was mended"
        self.setAccessibleName(f"Fixed: {told.what}")
        self._place = next((each.file for each in fixed.change.files), told.file or "")
        head = self.head = Headline(theme, f"Fixed just now: {told.mend.label}", self._place)
        head.link.clicked.connect(self._go)
        self.button = TextButton(theme, "Undo", self._undo, role="link")
        self.button.setAccessibleName(f"Undo: {told.mend.label}")
        self.fault = FaultCard(theme)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Icon(theme, "works", "ok", size=18), 0, 0)
        grid.addWidget(head, 0, 1)
        grid.addWidget(self.button, 0, 2)
        note = "Not committed yet: Render gets it with your next commit."
        grid.addWidget(label(note, "dim", wrap=True), 1, 1, 1, 2)
        grid.addWidget(self.fault, 2, 1, 1, 2)

    def show_error(self, error: FleetError) -> None:
        """Say why it cannot be taken back."""
        self.fault.show_error(error)

    def _go(self) -> None:
        self.place_clicked.emit(self._place, 1)

    def _undo(self) -> None:
        self.undo.emit(self.fixed)

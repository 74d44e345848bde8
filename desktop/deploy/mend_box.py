"""What a fix would change, shown before it does."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.deploy.diff_lines import DiffLine
from desktop.deploy.diff_view import DiffView
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

MOST: Final = 12
"""Lines that are seen without scrolling."""


class MendBox(QWidget):
    """`agreed` and `left` are clicks."""

    agreed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fault = FaultCard(theme)
        self.diff = DiffView(theme, "What would change", MOST)
        self.agree = TextButton(
            theme, "Make this change", self.agreed.emit, icon_name="check", role="primary"
        )
        self.leave = TextButton(theme, "Leave it", self.left.emit, role="quiet")
        self._note = label("", "dim", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.agree)
        buttons.addWidget(self.leave)
        buttons.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.fault)
        column.addWidget(self.diff)
        column.addLayout(buttons)

    def show_change(self, lines: Sequence[DiffLine], error: FleetError | None) -> None:
        """What would change, or why nothing can."""
        self.fault.show_error(error)
        self.diff.setVisible(bool(lines))
        self.diff.show_lines(lines)
        self.agree.setVisible(bool(lines) and error is None)
        if error is not None:
            self._note.setText("")
        elif lines:
            self._note.setText("It stays uncommitted: Render gets it with your next commit.")
        else:
            self._note.setText("It is in the working tree already: commit it, and check again.")

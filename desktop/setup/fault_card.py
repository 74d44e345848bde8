"""What is wrong with a part: what, why, and what to do, which can be copied."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

LEFT: Final = 96


class FaultCard(QFrame):
    """Hidden while nothing is wrong. `actions` mend it, the likeliest first."""

    def __init__(
        self, theme: Theme, actions: Sequence[QPushButton] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "error-card")
        self._fix_as_said = ""
        self._what = label("", "card-title", wrap=True)
        self.why = label("", wrap=True)
        self.fix = label("", wrap=True)
        self.copy = TextButton(theme, "Copy what to do", self._copy, icon_name="copy", role="quiet")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 12, 14)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LEFT)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._what, 0, 0, 1, 2)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, text) in enumerate((("Why", self.why), ("What to do", self.fix)), 1):
            grid.addWidget(label(name, "text2"), row, 0, top)
            grid.addWidget(text, row, 1, top)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (*actions, self.copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid.addLayout(buttons, 3, 1)
        self.hide()

    def show_error(self, error: FleetError | None) -> None:
        """Show it; None hides the card."""
        self.setVisible(error is not None)
        if error is None:
            return
        self._what.setText(sentence(error.what))
        self.why.setText(sentence(error.why))
        self._fix_as_said = error.fix
        self.fix.setText(sentence(error.fix))
        self.setAccessibleName(f"Error: {error.what}")
        self.setAccessibleDescription(f"{error.why}. {error.fix}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fix_as_said)

"""An error in its three parts: what happened, why, what to do."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label

COMMANDS: Final = frozenset({"uv", "poetry", "pdm", "pipenv", "pip", "conda", "solofleet"})
"""Fixes often are such a command."""


class ErrorCard(QFrame):
    """Can be closed; `actions` are buttons, the one that mends it first. `warning`: in amber."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        error: FleetError,
        actions: Sequence[QWidget] = (),
        *,
        warning: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "warn-card" if warning else "error-card")
        self.setAccessibleName(f"{'Warning' if warning else 'Error'}: {error.what}")
        head = QHBoxLayout()
        head.addWidget(label(sentence(error.what), "card-title", wrap=True), 1)
        head.addWidget(
            IconButton(theme, "close", "Close this message", self.close),
            alignment=Qt.AlignmentFlag.AlignTop,
        )
        parts = QGridLayout()
        parts.setHorizontalSpacing(16)
        parts.setVerticalSpacing(6)
        parts.setColumnStretch(1, 1)
        for row, (name, text) in enumerate((("Why", error.why), ("What to do", error.fix))):
            left = label(name, "text2")
            left.setMinimumWidth(80)
            parts.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
            parts.addWidget(label(sentence(text), wrap=True), row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(parts)
        if actions:
            buttons = QHBoxLayout()
            buttons.setSpacing(8)
            for action in actions:
                buttons.addWidget(action)
            buttons.addStretch(1)
            column.addLayout(buttons)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever made room for it."""
        super().closeEvent(event)
        self.closed.emit()


def sentence(text: str) -> str:
    """With a capital letter, unless it begins with a name or is a command."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first not in COMMANDS else text

"""Says that what is shown is old, with a button to look again."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.icon import Icon
from desktop.widgets.labels import label

SHOWN: Final = 3


class StaleBar(QFrame):
    """Hidden while nothing is old. `again` is a click."""

    again = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "warn-card")
        self.said = label("", wrap=True)
        self.button = TextButton(
            theme, "Check again", self.again.emit, icon_name="restart", compact=True
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(Icon(theme, "clock", "warn"))
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.show_changed(())

    def show_changed(self, names: Sequence[str], *, cancelled: bool = False) -> None:
        """Files that have changed since, or that looking was broken off."""
        self.setVisible(bool(names) or cancelled)
        if names:
            more = f" and {len(names) - SHOWN} others" if len(names) > SHOWN else ""
            told = f"{', '.join(names[:SHOWN])}{more}"
            self.said.setText(f"Changed since this was looked at: {told}")
        elif cancelled:
            self.said.setText("The check was cancelled: what is shown is what was known before.")

"""A small button with a few letters that stays pressed in."""

from PySide6.QtWidgets import QToolButton, QWidget


def switch(letters: str, name: str, parent: QWidget | None = None) -> QToolButton:
    """A switch with this accessible name, which is its tooltip too."""
    made = QToolButton(parent)
    made.setText(letters)
    made.setCheckable(True)
    made.setProperty("role", "switch")
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made

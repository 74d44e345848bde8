"""What may be higher than its place: it scrolls up and down, and is as wide as its place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(content: QWidget | None = None, *, by_keys: bool = False) -> QScrollArea:
    """A scroll area around it; without content, for one that is set later.

    `by_keys`: it takes the focus, and keys scroll it.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not by_keys:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if content is not None:
        area.setWidget(content)
    return area

"""Labels in the few ways in which words are set."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

Role = Literal[
    "title",
    "product",
    "card-title",
    "section",
    "strong",
    "text2",
    "dim",
    "error",
    "key",
    "big-title",
    "annotation",
    "small",
    "code",
    "toned",
    "",
]


def label(
    text: str, role: Role = "", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Words in this role. Never taken for HTML, and ready to be copied where they wrap."""
    made = QLabel(text, parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made

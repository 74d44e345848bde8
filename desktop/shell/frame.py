"""Puts rail, bars and pages where they belong."""

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.shell.reading import go


class Frame(QWidget):
    """What is around the pages, and the pages; Tab goes through it as one reads."""

    def focusNextPrevChild(self, following: bool) -> bool:
        """Go on from what has the keyboard."""
        return go(self, forwards=following)


def framed(rail: QWidget, top: QWidget, content: QWidget, status: QWidget) -> Frame:
    """The rail at the left over the whole height; beside it the bars, and between them the rest."""
    middle = Frame()
    middle.setProperty("role", "page")
    grid = QGridLayout(middle)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    grid.addWidget(rail, 0, 0, 3, 1)
    grid.addWidget(top, 0, 1)
    grid.addWidget(content, 1, 1)
    grid.addWidget(status, 2, 1)
    grid.setRowStretch(1, 1)
    grid.setColumnStretch(1, 1)
    return middle

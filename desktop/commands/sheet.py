"""The sheet of all keys, over the window."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.commands.command import Command
from desktop.commands.sections import Line, Section, sections
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, shown_key
from desktop.widgets.floating import Floating
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled

COLUMNS: Final = 3
WIDTH: Final = 1080
MARGIN: Final = 40
HEAD_HEIGHT: Final = 72
HEAD: Final = 2
"""A title takes the height of about so many lines."""


class KeySheet(Floating):
    """`commands` is asked each time it opens. Esc, F1 and whatever is used next close it."""

    def __init__(
        self, theme: Theme, commands: Callable[[], Sequence[Command]], parent: QWidget
    ) -> None:
        super().__init__("Keys", parent)
        self._commands = commands
        self._wanted = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 16, 8)
        head.addWidget(label("Keys", "big-title"))
        head.addSpacing(8)
        head.addWidget(label("Those of a log and of the panel work while it has the focus.", "dim"))
        head.addStretch(1)
        head.addWidget(IconButton(theme, "close", "Close the keys", self.hide, key="Esc"))
        self._scroll = scrolled()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.hide()

    def toggle(self) -> None:
        """Show it over the window, or no more."""
        if self.isVisible():
            self.hide()
            return
        page = _page(sections(self._commands()))
        self._wanted = HEAD_HEIGHT + page.sizeHint().height()
        self._scroll.setWidget(page)
        self.come()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll."""
        bar = self._scroll.verticalScrollBar()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + 48)
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - 48)
            case _:
                super().keyPressEvent(event)

    def place(self) -> None:
        """In the middle."""
        width = min(WIDTH, self.host.width() - 2 * MARGIN)
        height = min(self._wanted, self.host.height() - 2 * MARGIN)
        self.setFixedSize(width, height)
        self.move((self.host.width() - width) // 2, (self.host.height() - height) // 2)


def spread(shown: Sequence[Section]) -> list[list[Section]]:
    """The sections in columns of about one height, the first one at the left."""
    columns: list[list[Section]] = [[] for _ in range(COLUMNS)]
    for section in sorted(shown, key=_height, reverse=True):
        min(columns, key=lambda column: sum(map(_height, column))).append(section)
    place = {section.title: number for number, section in enumerate(shown)}
    for column in columns:
        column.sort(key=lambda section: place[section.title])
    return sorted(filter(None, columns), key=lambda column: place[column[0].title])


def _height(section: Section) -> int:
    return HEAD + len(section.lines)


def _page(shown: Sequence[Section]) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 0, 24, 8)
    row.setSpacing(40)
    for sections_ in spread(shown):
        column = QVBoxLayout()
        column.setSpacing(20)
        for section in sections_:
            column.addLayout(_section(section))
        column.addStretch(1)
        row.addLayout(column, 1)
    return page


def _section(section: Section) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(label(section.title, "section"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    for number, line in enumerate(section.lines):
        grid.addWidget(label(line.label), number, 0)
        grid.addLayout(_keys(line), number, 1)
    column.addLayout(grid)
    return column


def _keys(line: Line) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    for number, key in enumerate(line.keys):
        if number:
            row.addWidget(label("to" if line.to_last else "or", "dim"))
        row.addWidget(label(shown_key(key), "key"))
    return row

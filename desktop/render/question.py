"""The question before something is changed on Render, or anywhere else beyond this machine."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

WIDTH: Final = 540


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be agreed to: `deed` says what and names its target, `verb` is on the button.

    `rows` are names with what is to be known of them, `note` says what follows. `grave`: it takes
    something away.
    """

    deed: str
    verb: str
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    icon_name: str = "check"
    grave: bool = False


class Question(QDialog):
    """Accepted by its button only; Esc, Cancel and closing it mean no."""

    def __init__(self, theme: Theme, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self.ask = ask
        self.setWindowTitle(ask.verb)
        self.setAccessibleDescription(ask.deed)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(ask.deed, "big-title", wrap=True))
        if ask.rows:
            column.addLayout(_rows(ask))
        if ask.note:
            column.addWidget(label(ask.note, "text2", wrap=True))
        column.addSpacing(8)
        self.cancel = TextButton(theme, "Cancel", self.reject, role="quiet")
        role = "danger" if ask.grave else "primary"
        self.agree = TextButton(theme, ask.verb, self.accept, icon_name=ask.icon_name, role=role)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.agree)
        column.addLayout(buttons)
        self.agree.setAutoDefault(not ask.grave)
        (self.cancel if ask.grave else self.agree).setFocus()

    def sizeHint(self) -> QSize:
        """As high as its words are at its width; Qt leaves room for a narrower one."""
        return QSize(WIDTH, self._column.totalHeightForWidth(WIDTH))


def _rows(ask: Ask) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(ask.rows):
        left = label(name, "text2")
        left.setMinimumWidth(88)
        grid.addWidget(left, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


class Asker:
    """Opens questions over a window and waits for the answer; `open` is the one that is open."""

    def __init__(self, theme: Theme, window: Callable[[], QWidget]) -> None:
        self._theme = theme
        self._window = window
        self.open: Question | None = None

    async def agreed(self, ask: Ask) -> bool:
        """Whether a person agrees; the dialog goes where the waiting is broken off."""
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        asked = self.open = Question(self._theme, ask, self._window())
        asked.finished.connect(partial(_answer, answer))
        asked.open()
        try:
            return await answer == QDialog.DialogCode.Accepted
        finally:
            if self.open is asked:
                self.open = None
            if not answer.done() or answer.cancelled():
                asked.close()


def _answer(answer: "asyncio.Future[int]", result: int) -> None:
    if not answer.done():
        answer.set_result(result)

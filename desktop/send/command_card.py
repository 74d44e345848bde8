"""The command line that does the same, to be copied."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.send.command_line import SHELLS, shell_here, typed_command
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label

SHOWN: Final = 400
"""Letters; a longer command is copied whole all the same."""

JOINER: Final = "\N{WORD JOINER}"
"""Keeps a line from being broken within an option; only in what is shown."""


class CommandCard(QWidget):
    """Shows a command as one types it in one of three shells."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self._shell = Combo(theme, "Shell")
        self._shell.addItems(list(SHELLS))
        self._shell.setCurrentText(shell_here())
        self._shell.setFixedWidth(124)
        self._shell.currentIndexChanged.connect(self._show)
        self._text = label("", "text2", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._text.setFont(mono_font())
        self._remark = label("", "dim", wrap=True)
        self._remark.hide()
        self.copy = IconButton(theme, "copy", "Copy the command", self._copy)
        head = QHBoxLayout()
        head.addWidget(label("The same, typed", "section"))
        head.addStretch(1)
        head.addWidget(self._shell)
        card = QFrame()
        card.setProperty("role", "code")
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self.copy)
        row.setAlignment(self.copy, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(card)
        column.addWidget(self._remark)
        self._show()

    def show_command(self, words: Sequence[str], remark: str = "") -> None:
        """Show this one; none is an empty one."""
        self._words = words
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self._show()

    def text(self) -> str:
        """All of it."""
        return typed_command(self._words, self._shell.currentText()) if self._words else ""

    def _show(self) -> None:
        text = self.text()
        shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
        shown = shown.replace("-", f"-{JOINER}")
        self._text.setText(shown or "There is none while something is to be fixed")
        self.copy.setEnabled(bool(text))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text())

"""The exact command of a worker, as one types it in a shell of one's choice."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.workers.spec import as_typed
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segment, Segmented

MARGINS: Final = (16, 14, 16, 12)
NONE: Final = "There is none while something is to be fixed"
SHELLS: Final = (
    Segment("powershell", "PowerShell"),
    Segment("cmd", "cmd"),
    Segment("sh", "sh"),
)


class CommandPage(QWidget):
    """Shows one command, ready to be copied."""

    def __init__(self, theme: Theme, margins: tuple[int, int, int, int] = MARGINS) -> None:
        super().__init__()
        self._argv: tuple[str, ...] = ()
        self._shell = Segmented(theme, "Shell", SHELLS)
        self._shell.chosen.connect(self._draw)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setFont(mono_font())
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAccessibleName("Command")
        self._where = label("", "dim", wrap=True)
        code = QFrame()
        code.setProperty("role", "code")
        inner = QVBoxLayout(code)
        inner.setContentsMargins(12, 10, 12, 10)
        inner.addWidget(self._text)
        head = QHBoxLayout()
        head.addWidget(self._shell)
        head.addStretch(1)
        self._copier = IconButton(theme, "copy", "Copy the command", self._copy)
        head.addWidget(self._copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(*margins)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(code)
        column.addWidget(self._where)
        column.addStretch(1)

    def show_command(self, argv: tuple[str, ...], where: str) -> None:
        """Show this one, and a sentence on where it is run; empty for none."""
        self._argv = argv
        self._where.setText(where)
        self._copier.setEnabled(bool(argv))
        self._draw()

    def _draw(self) -> None:
        self._text.setText(as_typed(self._argv, self._shell.value) if self._argv else NONE)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.text())

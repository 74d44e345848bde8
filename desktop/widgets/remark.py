"""The line under an input: a hint, or in its place what is wrong with what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def set_wrong(widget: QWidget, wrong: bool) -> None:
    """Have the sheet draw it as wrong, or not."""
    if bool(widget.property("wrong")) != wrong:
        widget.setProperty("wrong", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Remark(QLabel):
    """A hint, or in its place what is wrong."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.show_fault("")

    def show_hint(self, hint: str) -> None:
        """Another hint, and no fault."""
        self._hint = hint
        self.show_fault("")

    def show_fault(self, fault: str) -> None:
        """What is wrong; empty for nothing."""
        self.setText(fault or self._hint)
        role = "error" if fault else "dim"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

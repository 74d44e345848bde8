"""The arguments of a call as JSON: a list by place, an object by name."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop.send.json_text import NotJson
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.labels import label
from desktop.widgets.remark import Remark, set_wrong

ARGS_HEIGHT: Final = 56
KWARGS_HEIGHT: Final = 168


class JsonEdit(QPlainTextEdit):
    """Text in JSON; the sign at which it goes wrong is underlined."""

    def __init__(self, theme: Theme, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFont(mono_font())
        self.setTabChangesFocus(True)
        self.setMinimumHeight(height)
        self.document().setDocumentMargin(6)

    def show_fault(self, error: ValueError | None) -> None:
        """Underline where it goes wrong, if that is known."""
        set_wrong(self, error is not None)
        marks: list[QTextEdit.ExtraSelection] = []
        if isinstance(error, NotJson):
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(self._theme.tokens.err))
            cursor = QTextCursor(self.document())
            last = max(len(self.toPlainText()) - 1, 0)
            cursor.setPosition(min(error.position, last))
            cursor.movePosition(
                QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
            )
            mark.cursor, mark.format = cursor, look  # type: ignore[attr-defined]  # fields of Qt's
            marks.append(mark)
        self.setExtraSelections(marks)


class JsonTab(QWidget):
    """Two texts."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._args = JsonEdit(theme, "args", ARGS_HEIGHT)
        self._args.setFixedHeight(ARGS_HEIGHT)
        self._kwargs = JsonEdit(theme, "kwargs", KWARGS_HEIGHT)
        self._said = (
            Remark("By place, as a list"),
            Remark("By name, as an object"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for name, edit, remark in (
            ("args", self._args, self._said[0]),
            ("kwargs", self._kwargs, self._said[1]),
        ):
            head = label(name)
            head.setFont(mono_font())
            column.addWidget(head)
            column.addWidget(edit, 1)
            column.addWidget(remark)
            column.addSpacing(6)
            edit.textChanged.connect(self.changed)

    def texts(self) -> tuple[str, str]:
        """args and kwargs."""
        return self._args.toPlainText(), self._kwargs.toPlainText()

    def show_texts(self, args: str, kwargs: str) -> None:
        """Show these, without `changed`."""
        self.blockSignals(True)
        self._args.setPlainText(args)
        self._kwargs.setPlainText(kwargs)
        self.blockSignals(False)

    def show_faults(self, args: ValueError | None, kwargs: ValueError | None) -> None:
        """What is wrong with each."""
        for edit, remark, error in zip(
            (self._args, self._kwargs), self._said, (args, kwargs), strict=True
        ):
            edit.show_fault(error)
            remark.show_fault("" if error is None else str(error))

    def enter(self) -> None:
        """Give the object the focus: most arguments go by name."""
        self._kwargs.setFocus()

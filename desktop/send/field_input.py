"""What one types a value into, or chooses it with.

Each input has a `text`, empty where the argument is not to be sent; `show_text` shows another one,
and `changed` comes when a person changes it.
"""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.send.fields import Field, Kind
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.toggle import Toggle


class LineInput(QLineEdit):
    """Types it. The default stands there while it is empty."""

    changed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(field.shown_name)
        self.setFont(mono_font())
        self.setPlaceholderText(field.default or "")
        self.textEdited.connect(self.changed)

    def show_text(self, text: str) -> None:
        """Show another one."""
        self.setText(text)


class ChoiceInput(Combo):
    """Chooses one of some. The first means that the argument is left out, where that may be."""

    changed = Signal()

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(theme, field.shown_name, parent)
        if not field.required:
            self.addItem(f"{_bare(field.default or '')} (default)", "")
        for choice in field.choices:
            self.addItem(_bare(choice), choice)
        if field.required:
            self.setPlaceholderText("choose one")
            self.setCurrentIndex(-1)
        self.activated.connect(self.changed)

    def text(self) -> str:
        """The choice."""
        return cast("str | None", self.currentData()) or ""

    def show_text(self, text: str) -> None:
        """Show another choice."""
        self.setCurrentIndex(self.findData(text))


class SwitchInput(Toggle):
    """True or false. It begins as the default; what was not touched is not sent."""

    changed = Signal()

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(theme, field.shown_name, ("False", "True"), parent)
        self._default = field.default == "True"
        self._sent = field.required
        self._required = field.required
        self.setChecked(self._default)
        self.clicked.connect(self._turned)

    def text(self) -> str:
        """JSON of it."""
        return ("true" if self.isChecked() else "false") if self._sent else ""

    def show_text(self, text: str) -> None:
        """Show the other."""
        self._sent = bool(text) or self._required
        self.setChecked(text == "true" if text else self._default)

    def _turned(self) -> None:
        self._sent = self._required or self.isChecked() != self._default
        self.changed.emit()


def field_input(theme: Theme, field: Field) -> LineInput | ChoiceInput | SwitchInput:
    """The one for this field."""
    match field.kind:
        case Kind.SWITCH:
            return SwitchInput(theme, field)
        case Kind.CHOICE:
            return ChoiceInput(theme, field)
        case _:
            return LineInput(field)


def _bare(text: str) -> str:
    """Without quotes around it."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text

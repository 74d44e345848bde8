"""What a setting is typed into, or chosen with.

Each has a `text`, empty where others are to decide; `show` has another one, with what counts
instead where it is empty. `edited` comes with each change, `done` when a person has finished one.
"""

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from core.settings.keys import Key
from core.settings.typed import choices_of
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.combo import Combo


class TextInput(QLineEdit):
    """Types it."""

    edited = Signal()
    done = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setAccessibleName(name)
        self.setFont(mono_font())
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self._finish)

    def show_text(self, text: str, instead: str) -> None:
        """Show another one."""
        self._shown = text
        self.setPlaceholderText(instead)
        if text != self.text():
            self.setText(text)

    def _finish(self) -> None:
        """Enter, or the focus goes: both come, and the second is nothing new."""
        if self.text() != self._shown:
            self._shown = self.text()
            self.done.emit()


class WordInput(Combo):
    """Chooses it; the first choice lets others decide."""

    edited = Signal()
    done = Signal()

    def __init__(
        self, theme: Theme, name: str, words: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, parent)
        self.setFont(mono_font())
        for word in ("", *words):
            self.addItem(word, word)
        self.activated.connect(self.edited)
        self.activated.connect(self.done)

    def text(self) -> str:
        """The choice."""
        return cast("str | None", self.currentData()) or ""

    def show_text(self, text: str, instead: str) -> None:
        """Show another one."""
        self.setItemText(0, f"{instead}, as others say")
        self.setCurrentIndex(max(0, self.findData(text)))


def setting_input(theme: Theme, key: Key) -> TextInput | WordInput:
    """The one for this key."""
    words = choices_of(key)
    return WordInput(theme, key.name, words) if words else TextInput(key.name)

"""An error in its three parts, with a cross to put it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label


class ErrorCard(QFrame):
    """What failed, why, what to do; hidden while there is none. `told` comes with each."""

    told = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error-card")
        self._what = label("", "strong", wrap=True)
        self._why = label("", "text2", wrap=True)
        self._fix = label("", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self._what, self._why, self._fix):
            words.addWidget(part)
        cross = IconButton(theme, "close", "Put the error away", self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 10)
        row.addLayout(words, 1)
        row.addWidget(cross, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, error: FleetError) -> None:
        """Show it."""
        for part, text in (
            (self._what, error.what),
            (self._why, error.why),
            (self._fix, error.fix),
        ):
            part.setText(_sentence(text))
        self.setAccessibleName(str(error))
        self.show()
        self.told.emit()


def _sentence(text: str) -> str:
    """With a capital letter, unless it begins with a name."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].isalpha() else text

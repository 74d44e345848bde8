"""The settings of the window: they hold at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from desktop.editor.command import words_of
from desktop.keeping.habits import Habits
from desktop.leaving.choice import AtClose
from desktop.logpane.manner import SIZES, Manner
from desktop.logpane.times import TimeFormat
from desktop.settings.form_row import FormRow
from desktop.settings.inputs import TextInput
from desktop.theme.theme import Choice, Theme
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label
from desktop.widgets.remark import set_wrong
from desktop.widgets.segmented import Segment, Segmented
from desktop.widgets.stepper import Stepper
from desktop.widgets.toggle import Toggle

CHOICES = tuple(Segment(choice, choice.capitalize()) for choice in Choice)
AT_CLOSE = (
    (AtClose.ASK, "Ask what to do"),
    (AtClose.STOP, "Stop all, then quit"),
    (AtClose.KEEP, "Keep running in the tray"),
)

HINT = "Kept for each project: open one"


class WindowPage(QWidget):
    """Each signal has what a person chose."""

    theme_chosen = Signal(Choice)
    manner_chosen = Signal(object)  # Manner
    editor_chosen = Signal(str)
    close_chosen = Signal(AtClose)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Segmented(theme, "Theme", CHOICES)
        self._size = Stepper(theme, "Size of the text in logs", SIZES.start, SIZES.stop - 1, 12)
        self._wrap = Toggle(theme, "Wrap long lines", ("Cut at the edge", "Wrapped"))
        self._time = Combo(theme, "Time of a line")
        for each in TimeFormat:
            self._time.addItem(str(each).capitalize(), each)
        self._editor = TextInput("Editor")
        self._close = Combo(theme, "When the window is closed while workers run")
        for choice, words in AT_CLOSE:
            self._close.addItem(words, choice)
        hint = "{file} and {line} stand for the place; empty takes the editor that is found"
        self._editor_row = FormRow("Command", hint, self._editor)
        self._close_row = FormRow("On closing", HINT, self._close)
        self._lay_out()
        self._connect()

    def show_habits(self, habits: Habits, found: str) -> None:
        """Show these; `found` is the editor that is taken where none is named."""
        manner = habits.manner
        self._theme.show_value(habits.theme)
        self._size.show_value(manner.size_px)
        self._wrap.setChecked(manner.wrap)
        self._time.setCurrentIndex(self._time.findData(manner.time))
        self._editor.show_text(habits.editor, found or "the system's editor")
        self._check_editor()

    def show_close(self, project: str, choice: AtClose | None) -> None:
        """What is done when the window is closed on this project; None where none is open."""
        self._close_row.setEnabled(choice is not None)
        hint = f"For {project}, while workers run" if choice else HINT
        self._close_row.remark.show_hint(hint)
        self._close.setCurrentIndex(self._close.findData(choice or AtClose.ASK))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(14)
        for part in (
            label("Look", "section"),
            FormRow("Theme", "System follows the system, at once", _at_left(self._theme)),
            _line(),
            label("Logs", "section"),
            FormRow("Text size", "In pixels; Ctrl+wheel over a log", _at_left(self._size)),
            FormRow("Long lines", "", _at_left(self._wrap)),
            FormRow("Time of a line", "", self._time),
            _line(),
            label("Editor", "section"),
            self._editor_row,
            _line(),
            label("Closing", "section"),
            self._close_row,
        ):
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self._theme.chosen.connect(self._choose_theme)
        self._size.changed.connect(self._choose_manner)
        self._wrap.clicked.connect(self._choose_manner)
        self._time.activated.connect(self._choose_manner)
        self._editor.edited.connect(self._check_editor)
        self._editor.done.connect(self._choose_editor)
        self._close.activated.connect(self._choose_close)

    def _choose_theme(self, value: str) -> None:
        self.theme_chosen.emit(Choice(value))

    def _choose_manner(self) -> None:
        time = TimeFormat(self._time.currentData())
        self.manner_chosen.emit(Manner(self._wrap.isChecked(), time, self._size.value))

    def _choose_close(self) -> None:
        self.close_chosen.emit(AtClose(self._close.currentData()))

    def _check_editor(self) -> None:
        fault = ""
        if self._editor.text().strip():
            try:
                words_of(self._editor.text())
            except FleetError as error:
                fault = error.why[:1].upper() + error.why[1:]
        self._editor_row.remark.show_fault(fault)
        set_wrong(self._editor, bool(fault))

    def _choose_editor(self) -> None:
        text = self._editor.text().strip()
        if not self._editor.property("wrong"):
            self.editor_chosen.emit(text)


def _at_left(widget: QWidget) -> QWidget:
    """As wide as it needs."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return box


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line

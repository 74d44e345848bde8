"""Folder, app and interpreter of a project, each found, tried and open to change."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from core.project.finding import Part
from core.project.interpreter import Interpreter
from core.setup.choices import Choices
from core.setup.trial import Trial
from desktop.setup.part_row import PartRow
from desktop.setup.words import app_labels, interpreter_label, said_of
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label


class ProjectCard(QFrame):
    """`chosen` has the Choices after a change, `folder` the path of another project.

    What was odd about the project's files stands below its parts.
    """

    chosen = Signal(object)
    folder = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._trial = Trial(Path())
        self._choices = Choices()
        self._path = label("", wrap=True)
        self._path.setFont(mono_font())
        self.app = Combo(theme, "Celery app")
        self.app.setEditable(True)
        self.app.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.app.activated.connect(self._app_taken)
        field = self.app.lineEdit()
        assert field is not None, "it is editable"
        field.setAccessibleName("Celery app")
        field.setPlaceholderText("package.module:attribute")
        field.editingFinished.connect(self._app_typed)
        # A completer would make one of those listed of what is typed.
        self.app.setCompleter(None)  # type: ignore[arg-type]  # PySide's stubs know no None
        self.interpreter = Combo(theme, "Interpreter")
        self.interpreter.activated.connect(self._interpreter_taken)
        for widget in (self.app, field, self.interpreter):
            widget.setFont(mono_font())
        change = TextButton(theme, "Change…", self._choose_folder, compact=True)
        change.setAccessibleName("Change the folder")
        choose = TextButton(theme, "Choose…", self._choose_interpreter, compact=True)
        choose.setAccessibleName("Choose an interpreter")
        self.rows = {
            Part.FOLDER: PartRow(theme, Part.FOLDER, self._path, (change,)),
            Part.APP: PartRow(theme, Part.APP, self.app),
            Part.INTERPRETER: PartRow(theme, Part.INTERPRETER, self.interpreter, (choose,)),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.setSpacing(0)
        for place, row in enumerate(self.rows.values()):
            if place:
                column.addWidget(_rule())
            column.addWidget(row)
        self.notes = label("", "dim", wrap=True)
        self.notes.setContentsMargins(16, 4, 16, 8)
        self.notes.hide()
        column.addWidget(self.notes)

    def show_trial(self, trial: Trial, choices: Choices) -> None:
        """How far it is."""
        self._trial, self._choices = trial, choices
        self._path.setText(str(trial.path))
        for part, row in self.rows.items():
            row.show_part(trial.state(part), said_of(part, trial), trial.faults.get(part))
        found = trial.found
        notes = found.notes if found else ()
        self.notes.setText("\n".join(map(sentence, notes)))
        self.notes.setVisible(bool(notes))
        if found is None:
            return
        apps = trial.apps or found.candidates
        labels = app_labels(apps, found.root)
        now = 0
        if found.candidates:
            first = found.candidates[0]
            places = [each.app == first.app and each.workdir == first.workdir for each in apps]
            now = places.index(True) if True in places else -1
        _fill(self.app, labels, now, choices.app or "")
        self._fill_interpreters(trial, choices)

    def _fill_interpreters(self, trial: Trial, choices: Choices) -> None:
        found = trial.found
        assert found is not None, "it was looked at"
        listed = list(self._interpreters())
        labels = [
            interpreter_label(each, trial.versions_of.get(each.path), found.root) for each in listed
        ]
        taken = found.interpreter
        if taken is None:
            _fill(self.interpreter, [*labels, choices.python or "none"], len(labels), "")
        else:
            paths = [each.path for each in listed]
            _fill(self.interpreter, labels, paths.index(taken.path), "")

    def _interpreters(self) -> tuple[Interpreter, ...]:
        found = self._trial.found
        assert found is not None, "it was looked at"
        taken = found.interpreter
        listed = self._trial.interpreters
        if taken is not None and taken.path not in [each.path for each in listed]:
            return (taken, *listed)
        return listed

    def _app_taken(self, place: int) -> None:
        found = self._trial.found
        apps = self._trial.apps or (found.candidates if found else ())
        if found is None or not 0 <= place < len(apps):
            return
        app = apps[place]
        inside = app.workdir.is_relative_to(found.root)
        folder = app.workdir.relative_to(found.root).as_posix() if inside else str(app.workdir)
        self._choose(replace(self._choices, app=app.app, workdir=folder))

    def _app_typed(self) -> None:
        text = self.app.currentText().strip()
        if not text or self.app.findText(text) >= 0:
            return
        self._choose(replace(self._choices, app=text, workdir=None))

    def _interpreter_taken(self, place: int) -> None:
        listed = self._interpreters()
        if 0 <= place < len(listed):
            self._choose(replace(self._choices, python=str(listed[place].path)))

    def choose_interpreter(self, path: str) -> None:
        """Take the interpreter at this path."""
        self._choose(replace(self._choices, python=str(Path(path))))

    def _choose(self, choices: Choices) -> None:
        if choices != self._choices:
            self._choices = choices
            self.chosen.emit(choices)

    def _choose_folder(self) -> None:
        dialog = self._dialog("The folder of your project")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.folder)
        dialog.open()

    def _choose_interpreter(self) -> None:
        dialog = self._dialog("The Python that runs your project")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.choose_interpreter)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title, str(self._trial.path))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _fill(combo: Combo, labels: Sequence[str], now: int, text: str) -> None:
    """Show these choices with one taken; -1 shows `text` in their place."""
    if [combo.itemText(place) for place in range(combo.count())] != list(labels):
        combo.clear()
        combo.addItems(list(labels))
    if labels and now >= 0:
        combo.setCurrentIndex(now)
    elif combo.isEditable():
        combo.setCurrentIndex(-1)
        combo.setEditText(text)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line

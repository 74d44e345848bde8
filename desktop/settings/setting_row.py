"""One setting of the fleet: who says it, and what this layer says."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.errors import FleetError
from core.settings.keys import GROUPS
from core.settings.layers import Entry
from core.settings.origin import Layer
from core.settings.typed import is_table, text_of, value_of
from desktop.settings.form_row import FormRow
from desktop.settings.inputs import setting_input
from desktop.settings.words import instead, overruled, source_of
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.remark import set_wrong

TABLE_HINT = "It is a table, which is written in the file"


class SettingRow(QWidget):
    """`saved` has the path of a setting and its value, `reset` the path."""

    saved = Signal(str, object)
    reset = Signal(str)

    def __init__(self, theme: Theme, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._layer = Layer.LOCAL
        self._file = Path()
        name = entry.path.rpartition(".")[2]
        self.input = setting_input(theme, entry.key)
        self.input.edited.connect(self._check)
        self.input.done.connect(self._finish)
        self._reset = IconButton(
            theme, "history", f"Reset {name}: let others decide", self._reset_pressed
        )
        keep = self._reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(keep)
        self._row = FormRow(name, "", self.input, self._reset, code=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def path(self) -> str:
        """Its name, as `SettingsFile` takes it."""
        return self._entry.path

    @property
    def fault(self) -> str:
        """What is wrong with what is typed."""
        text = self.input.text()
        if not text.strip():
            return ""
        try:
            value_of(self._entry.key, text, self._file)
        except FleetError as error:
            return error.why[:1].upper() + error.why[1:]
        return ""

    def show_entry(self, entry: Entry, layer: Layer, file: Path) -> None:
        """Show what this layer says, for its file to be changed. What is wrong stays as typed."""
        other = (layer, file) != (self._layer, self._file)
        self._entry, self._layer, self._file = entry, layer, file
        said = entry.said.get(layer)
        self._row.source.setText(source_of(entry))
        if other or not self.fault:
            self.input.show_text(text_of(said.value) if said else "", instead(entry, layer))
        table = is_table(entry.key)
        self.input.setEnabled(not table)
        self._reset.setVisible(said is not None and not table)
        self.setVisible(self._belongs())
        self._row.remark.show_hint(self._hint())
        self._check()

    def _belongs(self) -> bool:
        """Whether this layer may say it."""
        for_all = self._entry.key.for_all and not self._entry.path.startswith(f"{GROUPS}.")
        return for_all or self._layer is not Layer.USER

    def _hint(self) -> str:
        key = self._entry.key
        more = TABLE_HINT if is_table(key) else overruled(self._entry, self._layer)
        text = key.help[:1].upper() + key.help[1:]
        return f"{text}. {more}" if more else text

    def _check(self) -> None:
        fault = self.fault
        self._row.remark.show_fault(fault)
        set_wrong(self.input, bool(fault))
        self.input.setAccessibleDescription(self._row.remark.text())

    def _finish(self) -> None:
        text = self.input.text()
        if not text.strip():
            self.reset.emit(self.path)
        elif not self.fault:
            self.saved.emit(self.path, value_of(self._entry.key, text, self._file))

    def _reset_pressed(self) -> None:
        self.reset.emit(self.path)

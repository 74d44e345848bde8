"""The settings of the fleet, of one layer at a time."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.settings.keys import GROUP_KEYS, GROUPS
from core.settings.layers import Entries
from core.settings.origin import Layer
from desktop.settings.setting_row import SettingRow
from desktop.settings.warning_card import WarningCard
from desktop.theme.theme import Theme
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segment, Segmented

WORDS = {Layer.LOCAL: "This project, this machine", Layer.USER: "You, all projects"}
HELP = {
    Layer.LOCAL: "Kept outside of the project, so nobody else gets it.",
    Layer.USER: "What a project says for itself wins over it.",
}


class FleetPage(QWidget):
    """`saved` has layer, path and value, `reset` layer and path, `file_asked` a path to open.

    `files` are those of the layers that can be changed, the one that is shown first in front.
    """

    saved = Signal(Layer, str, object)
    reset = Signal(Layer, str)
    file_asked = Signal(str)

    def __init__(
        self, theme: Theme, files: Mapping[Layer, Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files = files
        self.layer = next(iter(files))
        self._entries = Entries(())
        self.rows: dict[str, SettingRow] = {}
        self._heads: list[QLabel] = []
        layers = tuple(Segment(str(int(layer)), WORDS[layer]) for layer in files)
        self._layers = Segmented(theme, "Whose settings", layers)
        self._layers.chosen.connect(self._choose)
        self._help = label("", "dim")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._layers)
        head.addWidget(self._help)
        head.addStretch(1)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(self._cards)
        column.addLayout(self._column)
        column.addStretch(1)

    def show_entries(self, entries: Entries) -> None:
        """Show what is said now."""
        if entries.warnings != self._entries.warnings:
            self._warn(entries.warnings)
        self._entries = entries
        if list(self.rows) != [entry.path for entry in entries.entries]:
            self._build()
        self._show()

    def _build(self) -> None:
        for widget in (*self._heads, *self.rows.values()):
            widget.deleteLater()
        self._heads.clear()
        self.rows.clear()
        for entry in self._entries.entries:
            group, _, name = entry.path.removeprefix(f"{GROUPS}.").rpartition(".")
            if group and name == next(iter(GROUP_KEYS)):
                self._heads.append(label(f"Group {group}", "section"))
                self._column.addWidget(self._heads[-1])
            row = SettingRow(self._theme, entry)
            row.saved.connect(self._saved)
            row.reset.connect(self._reset)
            self._column.addWidget(row)
            self.rows[entry.path] = row

    def _warn(self, warnings: tuple[str, ...]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (card := item.widget()) is not None:
                card.deleteLater()
        for warning in warnings:
            card = WarningCard(self._theme, warning)
            card.file_asked.connect(self.file_asked)
            self._cards.addWidget(card)

    def _show(self) -> None:
        self._help.setText(HELP[self.layer])
        file = self._files[self.layer]
        for head in self._heads:
            head.setVisible(self.layer is not Layer.USER)
        for entry in self._entries.entries:
            self.rows[entry.path].show_entry(entry, self.layer, file)

    def _choose(self, layer: str) -> None:
        self.layer = Layer(int(layer))
        self._show()

    def _saved(self, path: str, value: object) -> None:
        self.saved.emit(self.layer, path, value)

    def _reset(self, path: str) -> None:
        self.reset.emit(self.layer, path)

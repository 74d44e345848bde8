"""The bar with which a pane is filtered: by text, by what is left out, by level."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from core.logs.level import Level
from core.logs.query import ALL_LEVELS
from desktop.logpane.filter import Filter
from desktop.logpane.source import grouped
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.chip import Chip
from desktop.widgets.labels import label
from desktop.widgets.switch import switch

CHIPS: Final = (
    ("Error", "err", frozenset({Level.ERROR, Level.CRITICAL})),
    ("Warning", "warn", frozenset({Level.WARNING})),
    ("Info", None, frozenset({Level.INFO, Level.OTHER})),
    ("Debug", None, frozenset({Level.DEBUG})),
)
"""Word, colour, levels: lines that tell no level go with Info."""


class FilterBar(QFrame):
    """Says what is to be shown."""

    filter_changed = Signal(object)  # Filter
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane-bar")
        self.text = self._field("Show", "Show lines with")
        self._exclude = self._field("Hide", "Hide lines with")
        self._regex = switch(".*", "Regular expressions")
        self._chips = [Chip(theme, word, colour, compact=True) for word, colour, _ in CHIPS]
        self._error = label("", "error")
        close = IconButton(theme, "close", "Show all lines", key="Esc")
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 5, 7, 5)
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        row.addWidget(self._exclude, 1)
        row.addWidget(self._regex)
        row.addWidget(self._error)
        for chip in self._chips:
            row.addWidget(chip)
            chip.toggled.connect(self._say)
        row.addStretch()
        row.addWidget(close)
        for field in (self.text, self._exclude):
            field.textChanged.connect(self._say)
        self._regex.toggled.connect(self._say)

    def _field(self, word: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(word)
        field.setToolTip(name)
        field.setAccessibleName(name)
        field.setMinimumWidth(60)
        field.setMaximumWidth(220)
        field.installEventFilter(self)
        return field

    @property
    def filter(self) -> Filter:
        """What is chosen."""
        levels = frozenset[Level]().union(
            *(
                levels
                for chip, (_, _, levels) in zip(self._chips, CHIPS, strict=True)
                if chip.isChecked()
            )
        )
        return Filter(self.text.text(), self._exclude.text(), self._regex.isChecked(), levels)

    def show_filter(self, chosen: Filter) -> None:
        """Show what is in force, without asking for it again."""
        with QSignalBlocker(self):
            self.text.setText(chosen.text)
            self._exclude.setText(chosen.exclude)
            self._regex.setChecked(chosen.regex)
            for chip, (_, _, levels) in zip(self._chips, CHIPS, strict=True):
                chip.setChecked(levels <= chosen.levels)
        self._error.setText(chosen.error)

    def show_counts(self, counts: Mapping[Level, int]) -> None:
        """Show how many records of each level came."""
        for chip, (_, _, levels) in zip(self._chips, CHIPS, strict=True):
            chip.show_count(grouped(sum(counts[level] for level in levels)))

    def reset(self) -> None:
        """Show all."""
        self.show_filter(Filter(levels=ALL_LEVELS))
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        chosen = self.filter
        self._error.setText(chosen.error)
        self.filter_changed.emit(chosen)

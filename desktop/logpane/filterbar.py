"""The bar with which a pane is filtered: by text, by what is left out, by level."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from core.logs.query import ALL_LEVELS
from desktop.logpane.filter import Filter
from desktop.logpane.levels import LevelChips
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.grouped import grouped
from desktop.widgets.labels import label
from desktop.widgets.switch import switch

_LEAST: Final = 44
_TYPED: Final = 84
"""Pixels of a field: the least, and those in which one can read what one types."""


class FilterBar(QFrame):
    """Says what is to be shown. A `shared` one is for several logs; their levels are elsewhere."""

    filter_changed = Signal(object)  # Filter
    closed = Signal()

    def __init__(
        self, theme: Theme, *, shared: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shared = shared
        self.setProperty("role", "bar-card" if shared else "pane-bar")
        where = " in all panes" if shared else ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.text = self._field("Show", f"Show lines with{where}")
        self._exclude = self._field("Hide", f"Hide lines with{where}")
        self._regex = switch(".*", "Regular expressions")
        self.levels = LevelChips(theme, compact=True)
        self._shown = label("", "dim")
        self._error = label("", "error")
        close = IconButton(theme, "close", "Show all lines", key="Esc")
        close.clicked.connect(self.closed)
        row = self._row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # it fits itself in
        row.setContentsMargins(7, 5, 7, 5)
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        row.addWidget(self._exclude, 1)
        row.addWidget(self._regex)
        row.addWidget(self._error)
        row.addWidget(self.levels)
        row.addWidget(self._shown)
        self.levels.changed.connect(self._say)
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
        field.setMinimumWidth(_LEAST)
        field.setMaximumWidth(220)
        field.installEventFilter(self)
        return field

    @property
    def filter(self) -> Filter:
        """What is chosen."""
        text, exclude = self.text.text(), self._exclude.text()
        return Filter(text, exclude, self._regex.isChecked(), self.levels.levels)

    def show_filter(self, chosen: Filter) -> None:
        """Show what is in force, without asking for it again."""
        with QSignalBlocker(self):
            self.text.setText(chosen.text)
            self._exclude.setText(chosen.exclude)
            self._regex.setChecked(chosen.regex)
            self.levels.show_levels(chosen.levels)
        self._error.setText(chosen.error)

    def show_shown(self, count: int | None) -> None:
        """Say how many records are let through; None where nothing is hidden."""
        self._shown.setText("" if count is None else f"{grouped(count)} shown")
        self._fit()

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

    def resizeEvent(self, event: object) -> None:
        """What there is no room for is left out."""
        self._fit()

    def _fit(self) -> None:
        """Show all of it, and then less, step by step, until it has room."""
        self._shown.show()
        self.levels.show_short(False)
        self.levels.setVisible(not self._shared)
        for less in (self._shown.hide, partial(self.levels.show_short, True), self.levels.hide):
            self._row.invalidate()
            if self._row.minimumSize().width() + 2 * (_TYPED - _LEAST) <= self.width():
                return
            less()

    def _say(self) -> None:
        chosen = self.filter
        self._error.setText(chosen.error)
        self.filter_changed.emit(chosen)

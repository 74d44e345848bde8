"""The form of a call: a row for each parameter."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.send.arguments import MISSING
from desktop.send.field_input import field_input
from desktop.send.fields import Field
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.labels import MAY_BREAK, label
from desktop.widgets.remark import Remark, set_wrong

NAME_WIDTH: Final = 140
NARROW_NAME_WIDTH: Final = 112
NARROW: Final = 420
GAP: Final = 6
BROKEN: Final = f"_{MAY_BREAK}"
"""Where a long name may be broken."""


class FieldRow(QWidget):
    """One parameter: its name over its annotation, its input over the remark."""

    changed = Signal()

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.touched = False
        self.input = field_input(theme, field)
        self.input.changed.connect(self._edited)
        self._remark = Remark(field.hint)
        annotation = label(field.annotation, "annotation", wrap=True)
        annotation.setFont(mono_font())
        head = _head(field)
        self._names = QWidget()
        left = QVBoxLayout(self._names)
        left.setContentsMargins(0, 8, 0, 0)
        left.setSpacing(2)
        left.addLayout(head)
        left.addWidget(annotation)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.input)
        right.addWidget(self._remark)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._names)
        row.addLayout(right, 1)
        self.input.setMinimumHeight(sizes.CONTROL)
        self.show_width(NAME_WIDTH)

    def show_width(self, names: int) -> None:
        """How wide the column of names is."""
        self._names.setFixedWidth(names)

    def show_fault(self, fault: str) -> None:
        """What is wrong. That it is empty is no reproach before somebody was here."""
        if fault == MISSING and not self.touched:
            fault = ""
        self._remark.show_fault(fault)
        set_wrong(self.input, bool(fault))
        self.input.setAccessibleDescription(self._remark.text())

    def _edited(self) -> None:
        self.touched = True
        self.changed.emit()


def _head(field: Field) -> QBoxLayout:
    """The name with what is to be known at once beside it; below it where the name is long."""
    font = mono_font()
    font.setWeight(QFont.Weight.DemiBold)
    required = label("required", "small") if field.required else None
    beside = required.sizeHint().width() + GAP if required else 0
    needed = QFontMetrics(font).horizontalAdvance(field.shown_name) + beside
    fits = needed <= NARROW_NAME_WIDTH
    name = label(field.shown_name if fits else field.shown_name.replace("_", BROKEN), wrap=not fits)
    name.setFont(font)
    head = QHBoxLayout() if fits else QVBoxLayout()
    head.setSpacing(GAP if fits else 2)
    head.addWidget(name)
    if required:
        head.addWidget(required)
    if fits:
        head.addStretch(1)
    return head


class CallForm(QWidget):
    """Rows for the fields of one task."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[FieldRow] = []
        self._none = label("This task takes no arguments.", "text2")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(13)
        self._column.addWidget(self._none)

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Rows for these, all empty."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [FieldRow(self._theme, field, self) for field in fields]
        for row in self._rows:
            row.changed.connect(self.changed)
            self._column.addWidget(row)
        self._none.setVisible(not fields)
        self.show_width(self.width())

    def show_width(self, width: int) -> None:
        """What is narrow gives of the names."""
        for row in self._rows:
            row.show_width(NAME_WIDTH if width >= NARROW else NARROW_NAME_WIDTH)

    def texts(self) -> dict[str, str]:
        """What was typed and chosen, by the names of the fields."""
        return {row.field.name: row.input.text() for row in self._rows}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show these; fields without one are emptied."""
        for row in self._rows:
            row.touched = False
            row.input.show_text(texts.get(row.field.name, ""))

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """What is wrong, by the names of the fields."""
        for row in self._rows:
            row.show_fault(faults.get(row.field.name, ""))

    def enter(self) -> None:
        """Give the first field the focus."""
        if self._rows:
            self._rows[0].input.setFocus(Qt.FocusReason.TabFocusReason)

    def enter_first_fault(self, faults: Mapping[str, str]) -> None:
        """Give the first field that is wrong the focus, and reproach all of them."""
        for row in self._rows:
            row.touched = True
        wrong = next((row for row in self._rows if row.field.name in faults), None)
        self.show_faults(faults)
        if wrong is not None:
            wrong.input.setFocus(Qt.FocusReason.TabFocusReason)

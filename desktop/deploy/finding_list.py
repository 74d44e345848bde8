"""All that was found, below each other, each grade with a heading."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.deploy.finding_row import FindingRow
from desktop.deploy.sections import group_head
from desktop.deploy.told import LOOKS, Grade, Told
from desktop.theme.theme import Theme
from desktop.widgets.labels import label
from desktop.widgets.slices import Slices

MOST: Final = 60
"""Rows that are made; of more it is said how many there are."""


class FindingList(QWidget):
    """Rows that stay are kept as they are. Signals are those of the rows."""

    place_clicked = Signal(str, int)
    mend_asked = Signal(object)
    agreed = Signal(object)
    left = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: tuple[Told, ...] = ()
        self._hidden: frozenset[Grade] = frozenset()
        self.rows: dict[Told, FindingRow] = {}
        self._headings = {
            grade: group_head(LOOKS[grade].word, LOOKS[grade].meaning) for grade in Grade
        }
        self._places: dict[Grade, QVBoxLayout] = {}
        self._more = label("", "dim", wrap=True)
        self._more.setContentsMargins(46, 8, 16, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for grade, heading in self._headings.items():
            self._places[grade] = QVBoxLayout()
            self._places[grade].setSpacing(0)
            column.addWidget(heading)
            column.addLayout(self._places[grade])
        column.addWidget(self._more)
        self._slices = Slices(self._make, self)
        self._show()

    @property
    def complete(self) -> bool:
        """Whether all rows are made."""
        return self._slices.over

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these, the worst first."""
        self._told = tuple(dict.fromkeys(told))
        wanted = self._told[:MOST]
        for gone in self.rows.keys() - set(wanted):
            row = self.rows.pop(gone)
            row.hide()
            row.deleteLater()
        rest = len(self._told) - len(wanted)
        self._more.setText(f"and {rest} more: solofleet render check tells all" if rest else "")
        self._more.setVisible(rest > 0)
        self._make()

    def hide_grades(self, hidden: Collection[Grade]) -> None:
        """Show all but these."""
        self._hidden = frozenset(hidden)
        self._show()

    def _make(self) -> None:
        self._slices.take(self._add_missing())
        self._show()

    def _add_missing(self) -> Iterator[None]:
        for told in self._told[:MOST]:
            if told not in self.rows:
                self._add(told)
                yield

    def _add(self, told: Told) -> None:
        row = FindingRow(self._theme, told)
        row.place_clicked.connect(self.place_clicked)
        row.mend_asked.connect(self.mend_asked)
        row.agreed.connect(self.agreed)
        row.left.connect(self.left)
        before = sum(
            each.grade is told.grade and each in self.rows
            for each in self._told[: self._told.index(told)]
        )
        self._places[told.grade].insertWidget(before, row)
        self.rows[told] = row

    def _show(self) -> None:
        for grade, heading in self._headings.items():
            some = any(each.grade is grade for each in self._told)
            heading.setVisible(some and grade not in self._hidden)
        for told, row in self.rows.items():
            row.setVisible(told.grade not in self._hidden)

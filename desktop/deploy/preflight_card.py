"""The first step: what preflight found in what git would send."""

from collections import Counter
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.preflight.examination import CHECKS
from desktop.deploy.facts import Facts, Fixed, Preflight
from desktop.deploy.finding_list import FindingList
from desktop.deploy.fixed_row import FixedRow
from desktop.deploy.sections import card_bar
from desktop.deploy.steps import open_told, passed
from desktop.deploy.told import LOOKS, Grade, Told
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.chip import Chip
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled

ROOMY: Final = 700
"""Pixels from which on the buttons say in words what they are."""


class PreflightCard(QFrame):
    """`again`, `cancelled` are clicks, `undo` has a Fixed; the others are those of FindingList."""

    again = Signal()
    cancelled = Signal()
    undo = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("Preflight")
        self.chips = {
            grade: Chip(theme, look.word, _colour(grade), compact=True)
            for grade, look in LOOKS.items()
        }
        self.passed = Chip(theme, "Passed", "ok", compact=True)
        self.again_button = TextButton(theme, "Check again", self.again.emit, icon_name="restart")
        self.cancel = TextButton(theme, "Cancel", self.cancelled.emit, icon_name="close")
        self.again_button.setToolTip("Check again")
        self.cancel.setToolTip("Cancel the check")
        self.findings = FindingList(theme)
        self.fixed: dict[Fixed, FixedRow] = {}
        self._fixed_rows = QVBoxLayout()
        self._fixed_rows.setSpacing(0)
        self.fold = TextButton(theme, "", self._turn, icon_name="chevron-right", role="fold")
        self.names = label("", "dim", wrap=True)
        self.names.setContentsMargins(46, 0, 16, 12)
        self.names.hide()
        self.fault = FaultCard(theme)
        self._scroll = scrolled()
        self._lay_out()
        for chip in (*self.chips.values(), self.passed):
            chip.toggled.connect(self._filter)
        self.show_running(False)

    def _lay_out(self) -> None:
        chips = (*self.chips.values(), self.passed)
        bar = card_bar("Preflight", chips, (self.again_button, self.cancel))
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        fold = QHBoxLayout()
        fold.setContentsMargins(16, 10, 16, 10)
        fold.addWidget(self.fold)
        fold.addStretch(1)
        inset = QVBoxLayout()
        inset.setContentsMargins(8, 0, 8, 0)
        inset.addWidget(self.fault)
        self.fault.setProperty("below-bar", True)
        rows.addLayout(inset)
        rows.addWidget(self.findings)
        rows.addLayout(self._fixed_rows)
        rows.addLayout(fold)
        rows.addWidget(self.names)
        rows.addStretch(1)
        self._scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._scroll, 1)

    def show_facts(self, facts: Facts) -> None:
        """What was found, and what was mended."""
        error = facts.preflight if isinstance(facts.preflight, FleetError) else None
        self.fault.show_error(error)
        told = open_told(facts)
        self.findings.show_told(told)
        self._show_fixed(facts.fixed)
        self._count(told, known=isinstance(facts.preflight, Preflight))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is narrow says less."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self.again_button.setText("Check again" if roomy else "")
        self.cancel.setText("Cancel" if roomy else "")

    def show_running(self, running: bool) -> None:
        """Whether anything is looked at, which can be cancelled then."""
        self.cancel.setVisible(running)
        self.again_button.setVisible(not running)

    def row(self, fixed: Fixed) -> FixedRow | None:
        """The row of what was mended."""
        return self.fixed.get(fixed)

    def _count(self, told: tuple[Told, ...], *, known: bool) -> None:
        count = Counter(each.grade for each in told)
        for grade, chip in self.chips.items():
            chip.setVisible(known)
            chip.show_count(str(count[grade]))
        through = passed(told)
        self.passed.setVisible(known)
        self.passed.show_count(str(through))
        found = {each.check for each in told}
        self.fold.setText(f"{through} passed")
        self.fold.setAccessibleName(f"{through} checks passed, show their names")
        self.fold.setVisible(known and self.passed.isChecked())
        names = (check.id.replace("-", " ") for check in CHECKS if check.id not in found)
        self.names.setText(", ".join(names))

    def _show_fixed(self, wanted: tuple[Fixed, ...]) -> None:
        for gone in self.fixed.keys() - set(wanted):
            row = self.fixed.pop(gone)
            row.hide()
            row.deleteLater()
        for each in wanted:
            if each not in self.fixed:
                row = FixedRow(self._theme, each)
                row.undo.connect(self.undo)
                row.place_clicked.connect(self.findings.place_clicked)
                self._fixed_rows.addWidget(row)
                self.fixed[each] = row

    def _filter(self, checked: bool) -> None:
        self.findings.hide_grades(
            [grade for grade, chip in self.chips.items() if not chip.isChecked()]
        )
        self.fold.setVisible(self.passed.isVisible() and self.passed.isChecked())
        if not self.passed.isChecked():
            self.names.hide()

    def _turn(self) -> None:
        shown = self.names.isHidden()
        self.names.setVisible(shown)
        self.fold.show_icon("chevron-down" if shown else "chevron-right")


def _colour(grade: Grade) -> str | None:
    return None if grade is Grade.UNPROVEN else LOOKS[grade].colour

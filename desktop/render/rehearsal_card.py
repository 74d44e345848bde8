"""What a deploy does to tasks that run: a table for each worker service."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.rehearsing.rehearsal import Rehearsal, Workers
from desktop.deploy.cell_rows import CellRows, CellTable
from desktop.deploy.sections import card_head
from desktop.render.rehearsal_words import HEADS, NOT_TIMED, cells, holding, stopping
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

DOES: Final = (
    "What becomes of each of your tasks when a deploy stops the worker that runs it, by the times"
    " that they took here. Nothing is run, and nobody is asked."
)
WIDTHS: Final = (0, 104, 208, 336)


class RehearsalCard(QFrame):
    """`rehearse` is a click."""

    rehearse = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "card")
        self.setAccessibleName("Deploy rehearsal")
        self.button = TextButton(theme, "Rehearse", self.rehearse.emit, icon_name="tasks")
        self.said = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self.rows: list[CellRows] = []
        self._body = QWidget()
        self._lay_out()
        self.show_rehearsal(None)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(8)
        inner.addWidget(label(DOES, "dim", wrap=True))
        inner.addWidget(self.said)
        fault = QVBoxLayout()
        fault.setContentsMargins(8, 0, 8, 0)
        fault.addWidget(self.fault)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        column.addLayout(card_head("Deploy rehearsal", ends=(self.button,)))
        column.addLayout(inner)
        column.addLayout(fault)
        column.addWidget(self._body)

    def show_busy(self, busy: bool) -> None:
        """Whether the app is imported."""
        self.button.setEnabled(not busy)
        if busy:
            self._say("Importing the app as each worker service has it …")

    def show_error(self, error: FleetError) -> None:
        """Why it could not be rehearsed."""
        self.show_rehearsal(None)
        self.fault.show_error(error)

    def show_rehearsal(self, rehearsal: Rehearsal | None) -> None:
        """All services, or none."""
        self.fault.show_error(None)
        self._column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget()
        self.rows = []
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        for workers in () if rehearsal is None else rehearsal.services:
            self._add(workers, body)
        self._column.addWidget(self._body)
        self._body.setVisible(bool(self.rows))
        untimed = rehearsal is not None and rehearsal.timed_at is None
        self._say(NOT_TIMED if untimed else "")

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _add(self, workers: Workers, body: QVBoxLayout) -> None:
        rows = CellRows(self._theme, HEADS, self._body)
        table = CellTable(self._theme, rows, f"Tasks of {workers.name}", WIDTHS, wide=0)
        rows.show_rows([cells(each) for each in workers.rows])
        self.rows.append(rows)
        words = QVBoxLayout()
        words.setContentsMargins(16, 4, 16, 0)
        words.setSpacing(2)
        words.addWidget(label(workers.name, "strong"))
        words.addWidget(label(stopping(workers), "text2", wrap=True))
        sides = QHBoxLayout()
        sides.setContentsMargins(8, 0, 8, 0)
        sides.addWidget(table)
        held = label(holding(workers), "dim", wrap=True)
        held.setContentsMargins(16, 0, 16, 4)
        body.addLayout(words)
        body.addLayout(sides)
        body.addWidget(held)

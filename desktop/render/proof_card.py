"""Proves that what was deployed works: the button, the findings as they come, the last report."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.checklist.proof import Proof
from core.render.verifying.report import Errand, Finding
from desktop.deploy.sections import card_head
from desktop.render.claim_list import ClaimList
from desktop.render.proof_words import clock, guard_error, summary
from desktop.setup.fault_card import FaultCard
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

DOES: Final = (
    "One harmless task, celery.accumulate, is sent through production's broker, and seen to run on"
    " Render, by Render's own log. No code of yours runs, nothing on Render is changed, and you are"
    " asked before it is sent. Services, commit, queues, results and memory are looked at, too."
)


class ProofCard(QFrame):
    """`verify` and `cancelled` are clicks."""

    verify = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Proof")
        self._way = False
        self._findings: list[Finding] = []
        self.cancel = TextButton(theme, "Cancel", self.cancelled.emit, icon_name="close")
        self.button = TextButton(
            theme, "Verify…", self.verify.emit, icon_name="send", role="primary"
        )
        self.said = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self.guard = FaultCard(theme)
        self.claims = ClaimList(theme)
        self._times = QWidget()
        self._grid = QGridLayout(self._times)
        self.times: list[tuple[QLabel, QLabel, QLabel]] = []
        self._lay_out()
        self.show_proof(None, None)
        self.show_doing(None)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(8)
        inner.addWidget(label(DOES, "dim", wrap=True))
        inner.addWidget(self.said)
        faults = QVBoxLayout()
        faults.setContentsMargins(8, 0, 8, 0)
        faults.setSpacing(8)
        faults.addWidget(self.fault)
        faults.addWidget(self.guard)
        self._grid.setContentsMargins(16, 4, 16, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        column.addLayout(card_head("Proof", ends=(self.cancel, self.button)))
        column.addLayout(inner)
        column.addLayout(faults)
        column.addWidget(self.claims)
        column.addWidget(self._times)

    def show_way(self, *, known: bool) -> None:
        """Whether Render can be asked."""
        self._way = known
        self.button.setEnabled(known and self.cancel.isHidden())

    def show_doing(self, words: str | None) -> None:
        """What is looked at now; None while nothing is."""
        self.cancel.setVisible(words is not None)
        self.button.setEnabled(self._way and words is None)
        if words is not None:
            self.said.setText(f"{sentence(words)} …")

    def show_error(self, error: FleetError | None) -> None:
        """Why it could not be looked at."""
        self.fault.show_error(error)

    def begin(self) -> None:
        """What was found before goes: others follow."""
        self._findings = []
        self._show_findings()
        self._show_times(None)
        self.show_error(None)

    def add(self, finding: Finding) -> None:
        """One more was found."""
        self._findings.append(finding)
        self._show_findings()

    def show_proof(self, proof: Proof | None, errand: Errand | None) -> None:
        """A whole report, or the last one; `errand` is the task that was sent for it."""
        self._findings = [] if proof is None else list(proof.findings)
        self.said.setText(summary(proof))
        self._show_findings()
        self._show_times(errand)

    def _show_findings(self) -> None:
        self.guard.show_error(guard_error(self._findings))
        self.claims.show_findings(self._findings)

    def _show_times(self, errand: Errand | None) -> None:
        for cells in self.times:
            for cell in cells:
                self._grid.removeWidget(cell)
                cell.hide()
                cell.deleteLater()
        self.times = []
        for row, (word, at, whose) in enumerate(errand.times if errand is not None else ()):
            cells = label(f"Task {word}", "text2"), label(clock(at)), label(whose, "dim")
            cells[1].setFont(mono_font())
            for column, cell in enumerate(cells):
                self._grid.addWidget(cell, row, column)
            self.times.append(cells)
        self._times.setVisible(bool(self.times))

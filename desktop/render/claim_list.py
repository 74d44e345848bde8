"""The findings of a proof below each other, each as it comes."""

import time
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.render.verifying.report import Finding
from desktop.render.claim_row import ClaimRow
from desktop.theme.theme import Theme

SLICE_S: Final = 0.006
"""Rows are made for so long before the window has its turn again."""


class ClaimList(QWidget):
    """Rows that were made stay while what is shown only grows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self.rows: list[ClaimRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.timeout.connect(self._make)

    @property
    def complete(self) -> bool:
        """Whether all rows are made."""
        return not self._making.isActive()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these."""
        self._findings = tuple(findings)
        made = [row.finding for row in self.rows]
        if made != list(self._findings[: len(made)]):
            for row in self.rows:
                row.hide()
                self._column.removeWidget(row)
                row.deleteLater()
            self.rows = []
        self._make()

    def _make(self) -> None:
        until = time.monotonic() + SLICE_S
        for finding in self._findings[len(self.rows) :]:
            row = ClaimRow(self._theme, finding)
            self.rows.append(row)
            self._column.addWidget(row)
            if time.monotonic() > until and len(self.rows) < len(self._findings):
                self._making.start(0)
                return

"""One finding of a proof: how sure it is, its evidence, and what to do where it does not hold."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from core.render.verifying.report import Finding
from desktop.render.proof_words import LOOKS, MEANING
from desktop.theme.theme import Theme
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label
from desktop.widgets.pill import Pill

STATE: Final = 92
"""Pixels of the column of pills."""


class ClaimRow(QFrame):
    """Shows one."""

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        look = LOOKS[finding.sure]
        self.setProperty("role", "row")
        self.setAccessibleName(f"{look.label}: {finding.what}")
        self.setAccessibleDescription(finding.evidence)
        pill = Pill(theme, look)
        pill.setToolTip(MEANING[finding.sure])
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(sentence(finding.what), "strong", wrap=True))
        words.addWidget(label(sentence(finding.evidence), "text2", wrap=True))
        if finding.fix:
            fix = label(f"What to do: {finding.fix}", wrap=True)
            words.addWidget(fix)
        top = Qt.AlignmentFlag.AlignTop
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(12)
        grid.setColumnMinimumWidth(0, STATE)
        grid.setColumnStretch(1, 1)
        grid.addWidget(pill, 0, 0, top)
        grid.addLayout(words, 0, 1)

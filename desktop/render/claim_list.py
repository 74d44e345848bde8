"""The findings of a proof below each other, each as it comes."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.render.verifying.report import Finding
from desktop.render.claim_row import ClaimRow
from desktop.theme.theme import Theme
from desktop.widgets.slices import Slices


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
        self._slices = Slices(self._make, self)

    @property
    def complete(self) -> bool:
        """Whether all rows are made."""
        return self._slices.over

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
        self._slices.take(self._add_missing())

    def _add_missing(self) -> Iterator[None]:
        for finding in self._findings[len(self.rows) :]:
            row = ClaimRow(self._theme, finding)
            self.rows.append(row)
            self._column.addWidget(row)
            yield

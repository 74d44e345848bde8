"""What a month costs, and whether the memory is enough: the answer in one look."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.cost.monthly import Bill, dollars
from core.render.plans import MB
from desktop.deploy.choice_form import memory_told
from desktop.deploy.facts import Size
from desktop.deploy.memory_bar import MemoryBar
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

NAMES: Final = {"key value": "Key Value", "upstash": "Upstash"}


class CostCard(QFrame):
    """Shows a Size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Size and cost")
        self.total = label("", "product")
        self._worker = label("", "text2", wrap=True)
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(0)
        self._lines.setColumnStretch(0, 1)
        self._memory = label("", "strong")
        self._source = label("", "dim")
        self.bar = MemoryBar(theme)
        self._used = label("", "dim")
        self._plan = label("", "dim")
        self.risk = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        body.addLayout(_line(self.total, self._worker))
        body.addSpacing(4)
        body.addLayout(self._lines)
        body.addSpacing(6)
        body.addLayout(_line(self._memory, self._source, apart=True))
        body.addWidget(self.bar)
        body.addLayout(_line(self._used, self._plan, apart=True))
        body.addWidget(self.risk)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addLayout(
            _line(label("Size and cost", "card-title"), label("per month", "dim"), apart=True)
        )
        column.addWidget(self.fault)
        column.addWidget(self._body)
        self.show_size(None)

    def show_size(self, part: Size | FleetError | None) -> None:
        """The bill, and the memory."""
        self.fault.show_error(part if isinstance(part, FleetError) else None)
        self._body.setVisible(isinstance(part, Size))
        if not isinstance(part, Size):
            return
        report = part.report
        bill = report.bills[-1]
        self.total.setText(dollars(bill.usd))
        self._show_bill(bill)
        least = "at least; " if bill.at_least else ""
        asked = report.asked
        for widget in (self._memory, self._source, self.bar, self._used, self._plan, self.risk):
            widget.setVisible(asked is not None)
        if asked is None:
            self._worker.setText(f"{least}no plan was chosen")
            return
        plan, needs = asked.plan, report.footprint
        self._worker.setText(
            f"{least}{plan.name} worker, {plan.cpu:g} CPU, {memory_told(plan.memory)}"
        )
        processes = "1 process" if asked.concurrency == 1 else f"{asked.concurrency} processes"
        self._memory.setText(f"Memory with {processes}")
        measured = part.measured is not None and (part.measured.idle or part.measured.tasks)
        self._source.setText("measured here" if measured else "not measured")
        self._source.setToolTip(needs.source)
        self.bar.show_needs(needs, asked.concurrency, plan.memory)
        each = needs.child + needs.task
        self._used.setText(
            f"{asked.total / MB:,.0f} MB = {needs.base / MB:,.0f} + {asked.concurrency} ×"
            f" {each / MB:,.0f}"
        )
        self._plan.setText(memory_told(plan.memory))
        self.risk.setText(risk_told(asked.risk))

    def _show_bill(self, bill: Bill) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, line in enumerate(bill.lines):
            times = f", {line.instances} instances" if line.instances > 1 else ""
            name = NAMES.get(line.what, sentence(line.what))
            what = label(f"{name}, {line.plan}{times}", "text2")
            usd = label(dollars(line.usd), "strong")
            for widget in (what, usd):
                widget.setToolTip(f"{line.source}, as of {line.as_of:%B %Y}")
                widget.setMinimumHeight(26)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            usd.setAlignment(right)
            self._lines.addWidget(what, row, 0)
            self._lines.addWidget(usd, row, 1)


def risk_told(risk: str) -> str:
    """The risk for memory as a sentence."""
    return f"{risk[:1].upper()}{risk[1:]}"


def _line(left: QWidget, right: QWidget, *, apart: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(left)
    if apart:
        row.addStretch(1)
        row.addWidget(right)
    else:
        row.addWidget(right, 1, Qt.AlignmentFlag.AlignBottom)
    return row

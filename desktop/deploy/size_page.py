"""The fourth step: what it needs, what each plan takes, what it costs, and what if."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.choices import MAX_INSTANCES
from core.render.plans import known_plans
from desktop.deploy.cell_rows import CellRows, CellTable
from desktop.deploy.choice_form import MOST_AT_ONCE, PlanCombo, plan_told
from desktop.deploy.cost_card import risk_told
from desktop.deploy.facts import Size, WhatIf
from desktop.deploy.sections import scrolled_cards, section
from desktop.deploy.size_rows import (
    BILLS,
    NEEDS,
    PLANS,
    bill_notes,
    bill_rows,
    needs_rows,
    plan_rows,
)
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.stepper import Stepper


class SizePage(QWidget):
    """`tried` has a WhatIf, `taken` the one that is to go into the Blueprint."""

    tried = Signal(object)
    taken = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = PlanCombo(
            theme,
            "What if: plan",
            [(each.name, plan_told(each)) for each in known_plans().workers()],
        )
        self.instances = Stepper(theme, "What if: instances", 1, MAX_INSTANCES, 1)
        self.concurrency = Stepper(theme, "What if: tasks at once", 1, MOST_AT_ONCE, 1)
        self.take = TextButton(theme, "Use in the Blueprint", self._take, icon_name="check")
        self.reset = TextButton(theme, "Back", self._reset, role="quiet", icon_name="back")
        self.reset.setToolTip("What the Blueprint has")
        self.verdict = label("", "strong", wrap=True)
        self.needs = CellRows(theme, NEEDS, self)
        self.plans = CellRows(theme, PLANS, self)
        self.bills = CellRows(theme, BILLS, self)
        self.notes = label("", "dim", wrap=True)
        self.notes.setContentsMargins(8, 0, 8, 4)
        self.measuring = label("", "dim", wrap=True)
        self.measuring.setContentsMargins(8, 0, 8, 4)
        self.fault = FaultCard(theme)
        bills = CellTable(theme, self.bills, "Bills", (120, 120, 80, 100, 76, 0), wide=5)
        plans = CellTable(theme, self.plans, "Plans", (92, 52, 76, 76, 76, 84, 0), wide=6)
        needs = CellTable(theme, self.needs, "Needs", (116, 92, 0), wide=2)
        self._what_if = self._try_out()
        self._cards = scrolled_cards(
            (
                section("What if", self._what_if, inset=16),
                section("Cost", bills, self.notes, note="a month", inset=8),
                section(
                    "What each plan takes", plans, note="a fifth of its memory kept free", inset=8
                ),
                section(
                    "What it needs", needs, self.measuring, note="as one prefork worker", inset=8
                ),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fault)
        column.addWidget(self._cards, 1)
        self.show_size(None, WhatIf())

    def _try_out(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.plan, 1)
        for name, stepper in (("instances", self.instances), ("at once", self.concurrency)):
            row.addSpacing(4)
            row.addWidget(stepper)
            row.addWidget(label(name, "text2"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.verdict, 1)
        buttons.addWidget(self.reset)
        buttons.addWidget(self.take)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        column.addLayout(row)
        column.addLayout(buttons)
        self.plan.picked.connect(self._try_plan)
        self.instances.changed.connect(self._try)
        self.concurrency.changed.connect(self._try)
        return made

    def show_size(self, part: Size | FleetError | None, tried: WhatIf) -> None:
        """The answer, to what is `tried`."""
        self.fault.show_error(part if isinstance(part, FleetError) else None)
        self._cards.setVisible(isinstance(part, Size))
        for button in (self.take, self.reset):
            button.setVisible(tried != WhatIf())
        if not isinstance(part, Size):
            return
        report = part.report
        if (asked := report.asked) is not None:
            self.plan.show_value(asked.plan.name)
            self.concurrency.show_value(asked.concurrency)
            self.verdict.setText(risk_told(asked.risk))
        self.instances.show_value(report.bills[-1].setup.worker.instances)
        self.needs.show_rows(list(needs_rows(report)))
        self.plans.show_rows(list(plan_rows(report)))
        self.bills.show_rows(list(bill_rows(report.bills)))
        self.notes.setText(bill_notes(part))
        tasks = part.measured is not None and part.measured.tasks
        hint = (
            ""
            if tasks
            else "Send test tasks on the Run page, and check again: then these are yours."
        )
        self.measuring.setText(hint)
        self.measuring.setVisible(bool(hint))

    def _try_plan(self, plan: str) -> None:
        """Another plan takes another concurrency: that is advised anew."""
        self.tried.emit(WhatIf(plan, self.instances.value))

    def _try(self, value: int) -> None:
        self.tried.emit(self._shown())

    def _shown(self) -> WhatIf:
        return WhatIf(self.plan.currentData(), self.instances.value, self.concurrency.value)

    def _take(self) -> None:
        self.taken.emit(self._shown())

    def _reset(self) -> None:
        self.tried.emit(WhatIf())

"""The plan of a service, and how many tasks its worker runs at once."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.cost.monthly import dollars
from core.render.plans import Plan, known_plans
from core.render.remote.resizing import Capacity, concurrency_of, takes_concurrency, verdict
from core.render.sizing.measured import Measured, advised_number
from desktop.deploy.choice_form import MOST_AT_ONCE, memory_told
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label
from desktop.widgets.stepper import Stepper

NO_NUMBER: Final = (
    "Its command has no --concurrency: Celery starts a child for each processor of the machine."
)


class ResizingRow(QWidget):
    """`asked` has the Capacity that is wanted: what differs from what the service has."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service: Service | None = None
        self._measured: Measured | None = None
        self._chosen = False  # a number at once, by a person
        self.plan = Combo(theme, "Plan")
        self.plan.activated.connect(self._pick)
        self.at_once = Stepper(theme, "Tasks at once in each instance", 1, MOST_AT_ONCE, 1)
        self.at_once.changed.connect(self._choose)
        self.change = TextButton(theme, "Change…", self._ask)
        self.verdict = label("", "text2", wrap=True)
        self._words = label("at once", "text2")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.plan, 1)
        row.addWidget(self.at_once)
        row.addWidget(self._words)
        row.addSpacing(4)
        row.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.verdict)

    def show_service(self, service: Service, measured: Measured | None) -> None:
        """What it has, where that is another service or another capacity than before.

        `measured` is what is known of the project's memory.
        """
        before, self._service, self._measured = self._service, service, measured
        fitting = known_plans().fitting(service.type)
        self.setVisible(bool(fitting))
        if before is None or _has(before) != _has(service):
            self._chosen = False
            self.plan.clear()
            for plan in fitting:
                self.plan.addItem(plan_told(plan), plan.name)
            name = plan_name(service)
            if self.plan.findData(name) < 0:
                self.plan.addItem(name, name)
            self.plan.setCurrentIndex(self.plan.findData(name))
            self.at_once.show_value(concurrency_of(service) or 1)
        for widget in (self.at_once, self._words):
            widget.setVisible(takes_concurrency(service))
        self._advise()

    def _wanted(self, service: Service) -> Capacity:
        """What is shown and differs from what it has."""
        plan, at_once = self.plan.currentData(), self.at_once.value
        return Capacity(
            plan if plan != plan_name(service) else None,
            at_once if takes_concurrency(service) and at_once != concurrency_of(service) else None,
        )

    def _advise(self) -> None:
        """A command without a number is offered the one that fits the plan."""
        service = self._service
        if service is None:
            return
        if not self._chosen and concurrency_of(service) is None:
            self.at_once.show_value(advised_number(self.plan.currentData(), self._measured))
        self._show_verdict(service)

    def _show_verdict(self, service: Service) -> None:
        words = ""
        if takes_concurrency(service):
            words = verdict(self.plan.currentData(), self.at_once.value, self._measured)
            if concurrency_of(service) is None:
                words = f"{NO_NUMBER} {words}"
        self.verdict.setText(words)
        self.verdict.setVisible(bool(words))
        same = self._wanted(service) == Capacity()
        self.change.setEnabled(not service.suspended and not same)
        why = "Resume it first" if service.suspended else "It has that already" if same else ""
        self.change.setToolTip(why)

    # --- What is clicked ---

    def _pick(self, place: int) -> None:
        self._advise()

    def _choose(self, at_once: int) -> None:
        self._chosen = True
        self._advise()

    def _ask(self) -> None:
        if self._service is not None:
            self.asked.emit(self._wanted(self._service))


def plan_told(plan: Plan) -> str:
    """A plan in a line, with all that one pays for."""
    price = "price unknown" if plan.usd is None else f"{dollars(plan.usd)} a month"
    return f"{plan.name}: {plan.cpu:g} CPU, {memory_told(plan.memory)}, {price}"


def plan_name(service: Service) -> str:
    """Its plan in the spelling of our list; as Render has it where it is not there."""
    try:
        return known_plans().plan(service.plan).name
    except FleetError:
        return service.plan


def _has(service: Service) -> tuple[str, str, str]:
    return service.id, service.plan, service.start_command

"""The step after the deploy: how many instances, what they use, what happened to them."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.event import Event
from core.render.choices import MAX_INSTANCES
from core.render.remote.gauges import Gauges
from core.render.remote.scaling import price
from core.render.sizing.measured import Measured
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.sections import scrolled_cards, section
from desktop.render import gauge_words
from desktop.render.killed_card import KilledCard
from desktop.render.line_chart import LineChart
from desktop.render.queue_card import QueueCard
from desktop.render.resizing_row import ResizingRow
from desktop.render.scaling_row import ScalingRow
from desktop.render.words import counted, kind, when
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label
from desktop.widgets.stepper import Stepper
from desktop.widgets.toggle import Toggle

EVENTS: Final = ("WHEN", "WHAT")
MOST_EVENTS: Final = 12
POWERS: Final = (
    ("restart", "Restart…", "restart"),
    ("suspend", "Suspend…", "stop"),
    ("resume", "Resume…", "play"),
)
"""What a service can be asked, the button, its icon."""


class RunningPage(QWidget):
    """`chosen` has the id of a service, `scale` a number of instances, `capacity` a Capacity,
    `power` restart, suspend or resume, `autoscale` an Autoscaling or None; `logs` and `again` are
    clicks.
    """

    chosen = Signal(str)
    scale = Signal(int)
    capacity = Signal(object)
    power = Signal(str)
    autoscale = Signal(object)
    logs = Signal()
    again = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service: Service | None = None
        self.unasked = FaultCard(theme)
        self.fault = FaultCard(theme)
        self.killed = KilledCard(theme)
        self.killed.asked.connect(self.capacity)
        self.service = Combo(theme, "Service")
        self.service.activated.connect(self._choose)
        self.state = label("", "text2")
        self.again_button = TextButton(theme, "Look again", self.again.emit, icon_name="restart")
        self.logs_toggle = Toggle(
            theme, "Logs on the Run page", ("Logs on the Run page", "Logs on the Run page")
        )
        self.logs_toggle.clicked.connect(self.logs)
        self.instances = Stepper(theme, "Instances", 1, MAX_INSTANCES, 1)
        self.instances.changed.connect(self._show_price)
        self.price = label("", "dim")
        self.scale_button = TextButton(
            theme, "Scale…", self._scale, icon_name="check", role="primary"
        )
        self.powers = {
            name: TextButton(theme, words, partial(self.power.emit, name), icon_name=icon_name)
            for name, words, icon_name in POWERS
        }
        self.resizing = ResizingRow(theme)
        self.resizing.asked.connect(self.capacity)
        self.scaling = ScalingRow(theme)
        self.scaling.asked.connect(self.autoscale)
        self.queues = QueueCard(theme)
        self.charts = {name: LineChart(theme, name) for name in ("Memory", "CPU", "Instances")}
        self.figures = {name: label("", "text2", wrap=True) for name in self.charts}
        self.events = CellRows(theme, EVENTS, self)
        self._lay_out(theme)
        self.show_service(None, (), on=False)

    def _lay_out(self, theme: Theme) -> None:
        table = CellTable(theme, self.events, "Events", (120, 0), wide=1)
        use = QWidget()
        charts = QVBoxLayout(use)
        charts.setContentsMargins(0, 0, 0, 4)
        charts.setSpacing(4)
        for name, chart in self.charts.items():
            charts.addWidget(self.figures[name])
            charts.addWidget(chart)
        self._cards = scrolled_cards(
            (
                section("Service", self._which(), inset=16),
                self.killed,
                section(
                    "Instances and plan", self._how_many(), self.resizing, self.scaling, inset=16
                ),
                self.queues,
                section("Use", use, note="a curve for each instance", inset=16),
                section("Events", table, note="the latest first", inset=8),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.unasked)
        column.addWidget(self.fault)
        column.addWidget(self._cards, 1)
        column.addStretch(0)

    def _which(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.service, 1)
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.again_button)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.logs_toggle)
        below.addStretch(1)
        for button in self.powers.values():
            below.addWidget(button)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        column.addLayout(row)
        column.addLayout(below)
        return box

    def _how_many(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(12)
        row.addWidget(self.instances)
        row.addWidget(self.price, 1)
        row.addWidget(self.scale_button)
        return box

    # --- What is shown ---

    def show_way(self, error: FleetError | None) -> None:
        """Why nothing can be asked, and what to do; None where it can."""
        self.unasked.show_error(error)
        self._cards.setVisible(error is None)

    def show_service(
        self,
        service: Service | None,
        services: Sequence[Service],
        measured: Measured | None = None,
        *,
        on: bool,
    ) -> None:
        """The chosen one of these; `on`: logs are shown beside the local ones.

        `measured` is what is known of the project's memory.
        """
        before, self._service = self._service, service
        self.service.clear()
        for each in services:
            self.service.addItem(each.name, each.id)
        self.logs_toggle.setChecked(on)
        self._cards.setEnabled(service is not None)
        if service is None:
            self.show_gauges(None)
            self.show_events(())
            self.killed.show_kills(None)
            return
        self.service.setCurrentIndex(self.service.findData(service.id))
        count = "" if service.instances is None else counted(service.instances, "instance")
        words = [kind(service.type), service.plan, "suspended" if service.suspended else count]
        self.state.setText(", ".join(filter(None, words)))
        if before is None or (before.id, before.instances) != (service.id, service.instances):
            self.instances.show_value(service.instances or 1)
        self.resizing.show_service(service, measured)
        self.scaling.show_scaling(service)
        self.powers["resume"].setVisible(service.suspended)
        self.powers["suspend"].setVisible(not service.suspended)
        self.powers["restart"].setEnabled(not service.suspended)
        self._show_price()

    def show_busy(self, busy: bool) -> None:
        """Whether Render is asked."""
        self.again_button.setEnabled(not busy)

    def show_error(self, error: FleetError | None) -> None:
        """Why something could not be read or was not done."""
        self.fault.show_error(error)

    def show_gauges(self, gauges: Gauges | None) -> None:
        """What it used; None: not known."""
        for name, read in (
            ("Memory", gauge_words.memory),
            ("CPU", gauge_words.cpu),
            ("Instances", gauge_words.instances),
        ):
            drawing, words = (None, f"{name}: not asked yet") if gauges is None else read(gauges)
            self.charts[name].show_drawing(drawing, words)
            self.figures[name].setText(words)

    def show_events(self, events: Sequence[Event]) -> None:
        """What happened, the oldest first."""
        self.events.show_rows([_cells(each) for each in reversed(events[-MOST_EVENTS:])])

    def _show_price(self) -> None:
        service = self._service
        if service is None:
            return
        wanted = self.instances.value
        cost = price(service.plan, wanted).removeprefix(", ")
        self.price.setText(cost)
        scaled = service.autoscaling is not None and service.autoscaling.enabled
        same = wanted == service.instances
        self.scale_button.setEnabled(not scaled and not same and service.instances is not None)
        self.scale_button.setToolTip(
            "Render chooses the number itself" if scaled else "It has so many" if same else ""
        )

    # --- What is clicked ---

    def _choose(self, place: int) -> None:
        self.chosen.emit(self.service.itemData(place))

    def _scale(self) -> None:
        self.scale.emit(self.instances.value)


def _cells(event: Event) -> tuple[Cell, ...]:
    if event.failure is not None:
        return Cell(when(event.at), "text2"), Cell(sentence(str(event)), "err", "alert")
    return Cell(when(event.at), "text2"), Cell(sentence(str(event)))

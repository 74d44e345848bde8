"""Render's own scaling: between which numbers, and by what."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.render.api.answers import Autoscaling, Service
from core.render.choices import MAX_INSTANCES
from core.render.remote.scaling import MOST_PERCENT
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.stepper import Stepper, keep_order

USUAL_PERCENT: Final = 60


class ScalingRow(QWidget):
    """`asked` has the Autoscaling that is wanted, None to stop it."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = label("", "text2", wrap=True)
        self.least = Stepper(theme, "At least", 1, MAX_INSTANCES, 1)
        self.most = Stepper(theme, "At most", 1, MAX_INSTANCES, 2)
        self.cpu = Stepper(theme, "CPU in percent, 0 for none", 0, MOST_PERCENT, USUAL_PERCENT)
        self.memory = Stepper(theme, "Memory in percent, 0 for none", 0, MOST_PERCENT, 0)
        self.start = TextButton(theme, "Let Render scale…", self._start)
        self.stop = TextButton(theme, "No longer…", self._stop, role="danger", icon_name="close")
        keep_order(self.least, self.most)
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, widget in (
            ("from", self.least),
            ("to", self.most),
            ("CPU %", self.cpu),
            ("memory %", self.memory),
        ):
            row.addWidget(label(name, "text2"))
            row.addWidget(widget)
        row.addStretch(1)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.said, 1)
        above.addWidget(self.stop)
        above.addWidget(self.start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(row)

    def show_scaling(self, service: Service) -> None:
        """What it has."""
        has = service.autoscaling
        on = has is not None and has.enabled
        self.stop.setVisible(on)
        self.setVisible(service.instances is not None)
        if has is None or not on:
            self.said.setText("Autoscaling is off. Render scales by CPU and memory, not by queues.")
            return
        self.said.setText(
            f"Render scales it from {has.least} to {has.most}, by {_targets(has)}: a number that is"
            " set here does nothing."
        )
        for stepper, value in (
            (self.least, has.least),
            (self.most, has.most),
            (self.cpu, has.cpu or 0),
            (self.memory, has.memory or 0),
        ):
            stepper.show_value(value)

    def _start(self) -> None:
        cpu, memory = self.cpu.value or None, self.memory.value or None
        self.asked.emit(Autoscaling(True, self.least.value, self.most.value, cpu, memory))

    def _stop(self) -> None:
        self.asked.emit(None)


def _targets(has: Autoscaling) -> str:
    targets = (("CPU", has.cpu), ("memory", has.memory))
    return " and ".join(f"{name} at {each} %" for name, each in targets if each is not None)

"""What a person chooses for the Blueprint, each with the place it comes from."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.render.blueprint.drafting import Draft
from core.render.blueprint.schema import REGIONS
from core.render.choices import MAX_INSTANCES, Choices
from core.render.cost.monthly import dollars
from core.render.plans import MB, Plan, known_plans
from desktop.deploy.origins import origin
from desktop.theme.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label
from desktop.widgets.segmented import Segment, Segmented
from desktop.widgets.stepper import Stepper
from desktop.widgets.toggle import Toggle

MOST_AT_ONCE: Final = 64
REDIS: Final = (Segment("key-value", "Key Value"), Segment("outside", "Outside"))


def memory_told(size: int) -> str:
    """Bytes as plans have them: 512 MB, 2 GB."""
    return f"{size / MB / 1024:g} GB" if size >= 1024 * MB else f"{size / MB:,.0f} MB"


def plan_told(plan: Plan) -> str:
    """A plan in a line."""
    return f"{plan.name}: {memory_told(plan.memory)}, {dollars(plan.usd)}"


class PlanCombo(Combo):
    """Plans by name; one that is not offered is shown as it is."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, plans: Sequence[tuple[str, str]]) -> None:
        super().__init__(theme, name)
        self._plans = list(plans)
        for value, words in plans:
            self.addItem(words, value)
        self.activated.connect(self._picked)

    def show_value(self, value: str) -> None:
        """Show this one."""
        place = self.findData(value)
        if place < 0:
            self.addItem(value, value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def _picked(self, place: int) -> None:
        self.picked.emit(self.itemData(place))


class ChoiceForm(QFrame):
    """`chosen` has Choices with the one key that was changed."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Choices for Render")
        plans = known_plans()
        workers = [(plan.name, plan_told(plan)) for plan in plans.workers()]
        free = plans.plan("free")
        self.plan = PlanCombo(theme, "Plan of the workers", workers)
        self.web_plan = PlanCombo(
            theme, "Plan of the other services", [(free.name, plan_told(free)), *workers]
        )
        self.region = PlanCombo(theme, "Region", [(each, each) for each in REGIONS])
        self.key_value_plan = PlanCombo(
            theme,
            "Plan of Key Value",
            [
                (name, f"{name}: {dollars(price.usd)}" if price.usd is not None else name)
                for name, price in plans.key_value.items()
            ],
        )
        self.instances = Stepper(theme, "Instances of each worker", 1, MAX_INSTANCES, 1)
        self.concurrency = Stepper(theme, "Tasks at once in each worker", 1, MOST_AT_ONCE, 1)
        self.redis = Segmented(theme, "Redis", REDIS)
        self.flower = Toggle(theme, "Flower", ("Left out", "A web service"))
        self._hints: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        for place, (key, name, widget) in enumerate(self._fields()):
            self._add(place, key, name, widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(label("Choices", "card-title"))
        column.addLayout(self._grid)
        self._connect()

    def _fields(self) -> Sequence[tuple[str, str, QWidget]]:
        return (
            ("plan", "Worker plan", self.plan),
            ("web_plan", "Other services", self.web_plan),
            ("concurrency", "Tasks at once", self.concurrency),
            ("redis", "Redis", self.redis),
            ("instances", "Instances", self.instances),
            ("key_value_plan", "Key Value", self.key_value_plan),
            ("region", "Region", self.region),
            ("flower", "Flower", self.flower),
        )

    def _add(self, place: int, key: str, name: str, widget: QWidget) -> None:
        row, side = divmod(place, 2)
        title = label(name, "text2")
        title.setMinimumWidth(88)
        cell = QVBoxLayout()
        cell.setSpacing(2)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(widget)
        if not isinstance(widget, PlanCombo):
            line.addStretch(1)
        hint = self._hints[key] = label("", "dim")
        cell.addLayout(line)
        cell.addWidget(hint)
        top = Qt.AlignmentFlag.AlignTop
        title.setContentsMargins(0, 6, 0, 0)
        self._grid.addWidget(title, row, 2 * side, top)
        self._grid.addLayout(cell, row, 2 * side + 1, top)

    def _connect(self) -> None:
        for key in ("plan", "web_plan", "region", "key_value_plan"):
            combo: PlanCombo = getattr(self, key)
            combo.picked.connect(partial(self._choose, key))
        self.instances.changed.connect(partial(self._choose, "instances"))
        self.concurrency.changed.connect(partial(self._choose, "concurrency"))
        self.redis.chosen.connect(partial(self._choose, "redis"))
        self.flower.clicked.connect(self._flower_turned)

    def _flower_turned(self) -> None:
        self._choose("flower", self.flower.isChecked())

    def _choose(self, key: str, value: Any) -> None:
        self.chosen.emit(Choices(**{key: value}))

    def show_draft(self, draft: Draft, asked: Choices, kept: Choices, advised: int) -> None:
        """What holds now; `advised` is the concurrency where nobody chose one."""
        chosen = draft.choices
        self.plan.show_value(chosen.plan or "starter")
        self.web_plan.show_value(chosen.web_plan or "starter")
        self.region.show_value(chosen.region or REGIONS[0])
        self.key_value_plan.show_value(chosen.key_value_plan or "starter")
        self.instances.show_value(chosen.instances or 1)
        self.concurrency.show_value(chosen.concurrency or advised)
        self.redis.show_value(chosen.redis or "key-value")
        self.flower.setChecked(bool(chosen.flower))
        for key, hint in self._hints.items():
            hint.setText(origin(key, asked, kept, draft))
        outside = chosen.redis == "outside"
        self.key_value_plan.setEnabled(not outside)
        if outside:
            self._hints["key_value_plan"].setText("none: Redis is outside")

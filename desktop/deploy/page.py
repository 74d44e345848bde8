"""The Deploy page: the steps at the left, one of them in the middle, its outcome at the right."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from core.render.choices import Choices
from core.render.sizing.measured import Measured
from desktop.deploy.blueprint_card import BlueprintCard
from desktop.deploy.blueprint_page import BlueprintPage
from desktop.deploy.checklist_card import ChecklistCard
from desktop.deploy.cost_card import CostCard
from desktop.deploy.environment_page import EnvironmentPage
from desktop.deploy.facts import Facts, WhatIf
from desktop.deploy.notes_card import NotesCard
from desktop.deploy.preflight_card import PreflightCard
from desktop.deploy.size_page import SizePage
from desktop.deploy.stale_bar import StaleBar
from desktop.deploy.step_list import StepList
from desktop.deploy.steps import Mark, Standing, Step, standing
from desktop.deploy.target import Target
from desktop.theme.theme import Theme
from desktop.widgets.labels import label

LEFT: Final = 248
RIGHT: Final = 328
NARROW: Final = 1230
"""Pixels of the page below which its sides are narrower …"""
NARROW_LEFT: Final = 216
NARROW_RIGHT: Final = 296
LEAST: Final = 800
SMALL: Final = 1080
"""… and below which only the step itself has room."""
LOW: Final = 620
"""Pixels of height from which on the target has room below the steps."""
WIDE: Final = (Step.PROOF, Step.CHECKLIST)


class DeployPage(QWidget):
    """`again` and `cancelled` are clicks; `seen` comes when the page is shown."""

    seen = Signal()
    again = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Deploy to Render")
        self.steps = StepList(theme)
        self.target = Target()
        self.stale = StaleBar(theme)
        self.preflight = PreflightCard(theme)
        self.blueprint = BlueprintPage(theme)
        self.environment = EnvironmentPage(theme)
        self.size_up = SizePage(theme)
        self.checklist = ChecklistCard(theme)
        self.cost = CostCard(theme)
        self.diff = BlueprintCard(theme)
        self.notes = NotesCard(theme)
        self.step = Step.PREFLIGHT
        self._running: Step | None = None
        self._told: dict[Step, Standing] = {}
        self._progress = ""
        self._facts = Facts()
        self._project = label("", "dim")
        self._stack = QStackedWidget()
        self._views: dict[Step, QWidget] = {
            Step.PREFLIGHT: self.preflight,
            Step.BLUEPRINT: self.blueprint,
            Step.ENVIRONMENT: self.environment,
            Step.SIZE: self.size_up,
            Step.CHECKLIST: self.checklist,
        }
        self._left = self._steps_card()
        self._right = QWidget()
        self._side = QVBoxLayout(self._right)
        self._lay_out()
        self.steps.chosen.connect(self.show_step)
        self.stale.again.connect(self.again)
        self.preflight.again.connect(self.again)
        self.preflight.cancelled.connect(self.cancelled)
        self.show_step(Step.PREFLIGHT)

    def _steps_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        words = QVBoxLayout()
        words.setContentsMargins(16, 14, 16, 0)
        words.setSpacing(2)
        words.addWidget(label("Deploy to Render", "card-title"))
        words.addWidget(self._project)
        steps = QVBoxLayout()
        steps.setContentsMargins(8, 18, 8, 0)
        steps.addWidget(self.steps)
        rule = self._rule = QFrame()
        rule.setProperty("role", "line")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(words)
        column.addLayout(steps, 100)
        column.addStretch(1)
        column.addWidget(rule)
        column.addWidget(self.target)
        return card

    def add(self, step: Step, view: QWidget) -> None:
        """Show this for a step."""
        self._views[step] = view
        self._stack.addWidget(view)

    def _lay_out(self) -> None:
        for view in self._views.values():
            self._stack.addWidget(view)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(8)
        self._side.addWidget(self.cost)
        self._side.addWidget(self.notes, 1)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.stale)
        middle.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it makes room itself
        row.setSpacing(8)
        row.addWidget(self._left)
        row.addLayout(middle, 1)
        row.addWidget(self._right)

    def minimumSizeHint(self) -> QSize:
        """What the step and the list of steps need."""
        return QSize(LEAST, 400)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks at it."""
        super().showEvent(event)
        self.seen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window leaves the room to the step."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self._left.setFixedWidth(NARROW_LEFT if narrow else LEFT)
        self._right.setFixedWidth(NARROW_RIGHT if narrow else RIGHT)
        for widget in (self.target, self._rule):
            widget.setVisible(self.height() >= LOW)
        self._make_room()

    def _make_room(self) -> None:
        """Proof and checklist are long lists of their own: they take the side, too."""
        self._right.setVisible(self.width() >= SMALL and self.step not in WIDE)

    def show_step(self, step: Step) -> None:
        """Show one of them. The diff stands in the middle where it is the matter."""
        self.step = step
        self.steps.choose(step)
        self._stack.setCurrentWidget(self._views[step])
        on_blueprint = step is Step.BLUEPRINT
        if on_blueprint:
            self.blueprint.take_in(self.diff)
        else:
            self._side.addWidget(self.diff, 1)
        self.notes.setVisible(on_blueprint)
        self.diff.show()
        self._make_room()

    def show_project(self, name: str) -> None:
        """Whose page it is."""
        self._project.setText(name)

    def show_facts(
        self, facts: Facts, asked: Choices, kept: Choices, measured: Measured | None, tried: WhatIf
    ) -> None:
        """All that is known; `asked` and `tried` are what a person chose here."""
        self._facts = facts
        self.preflight.show_facts(facts)
        self.blueprint.show_draft(facts.draft, asked, kept, measured)
        self.diff.show_draft(facts.draft, None)
        self.notes.show_draft(facts.draft)
        self.environment.show_environment(facts.environment)
        self.size_up.show_size(facts.size, tried)
        self.checklist.show_checked(facts.checklist)
        self.cost.show_size(facts.size)
        self.target.show_facts(facts)
        self._show_standings()

    def show_running(self, step: Step | None, progress: tuple[int, int] | None = None) -> None:
        """Which step is being looked at; `progress` of the checks that are through."""
        self._running = step
        self._progress = f"{progress[0]} of {progress[1]} checks" if progress else "being looked at"
        self.preflight.show_running(step is not None)
        self._show_standings()

    def show_standing(self, step: Step, told: Standing) -> None:
        """How far a step is that reaches Render."""
        self._told[step] = told
        self._show_standings()

    def show_changed(self, names: Sequence[str], *, cancelled: bool = False) -> None:
        """What has changed since it was looked at."""
        self.stale.show_changed(names, cancelled=cancelled)

    def _show_standings(self) -> None:
        running = Standing(Mark.RUNNING, self._progress)
        self.steps.show_standings(
            {
                step: running
                if step is self._running
                else self._told.get(step) or standing(step, self._facts)
                for step in Step
            }
        )

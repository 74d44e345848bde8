"""The set-up page: what was found of a project, how it stands, and the button that starts it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.setup.choices import Choices
from core.setup.trial import Trial
from desktop.setup.broker_card import BrokerCard
from desktop.setup.fleet_card import FleetCard
from desktop.setup.project_card import ProjectCard
from desktop.setup.variables_card import VariablesCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled

LEAST: Final = 320
MOST: Final = 400
"""Pixels that the fleet takes beside the parts, in a small window and in a large one."""


class SetUpPage(QWidget):
    """`chosen` has Choices, `folder` a path; `again`, `start` and `closed` are clicks."""

    chosen = Signal(object)
    folder = Signal(str)
    again = Signal()
    start = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Set up a project")
        self.project = ProjectCard(theme)
        self.broker = BrokerCard(theme)
        self.variables = VariablesCard(theme)
        self.fleet = FleetCard(theme)
        self.fleet.setMinimumWidth(LEAST)
        self.fleet.setMaximumWidth(MOST)
        for card in (self.project, self.broker, self.fleet):
            card.chosen.connect(self.chosen)
        self.project.folder.connect(self.folder)
        self.fleet.start.connect(self.start)
        self._title = label("", "title")
        back = IconButton(theme, "back", "Back", self.closed.emit, key="Esc", size=20)
        again = TextButton(theme, "Read again", self.again.emit, icon_name="restart")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(
            label("This is what was found. Your choices stay on this machine.", "text2")
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(back)
        head.addLayout(words, 1)
        head.addWidget(again)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        for card in (self.project, self.broker, self.variables):
            column.addWidget(card)
        column.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addLayout(head)
        left.addWidget(scrolled(cards), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(18)
        row.addLayout(left, 5)
        row.addWidget(self.fleet, 2)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for keys, pressed in (
            (("Esc",), self.closed.emit),
            (("Ctrl+Return", "Ctrl+Enter"), self._begin),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(pressed)

    def show_trial(self, trial: Trial, choices: Choices, *, opening: bool = False) -> None:
        """How far it is; `opening`: it was accepted, and is being opened."""
        self._title.setText(f"Set up {trial.path.name or trial.path}")
        self.project.show_trial(trial, choices)
        self.broker.show_trial(trial, choices)
        self.variables.show_trial(trial)
        self.fleet.show_trial(trial, choices, opening=opening)
        if self.hasFocus() and trial.ready:
            self.fleet.begin.setFocus()

    def _begin(self) -> None:
        if self.fleet.begin.isEnabled():
            self.start.emit()

"""The fleet that would be started: how many workers, for which queues, by which command."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.project.finding import Part
from core.settings import MAX_WORKERS
from core.setup.choices import Choices
from core.setup.trial import State, Trial
from core.setup.trying import AS_FOUND
from core.wishes import worker_mode, worker_spec
from core.workers.mode import TRUTH, Mode
from desktop.run.command_page import CommandPage
from desktop.setup.fault_card import FaultCard
from desktop.setup.words import MODES, counted, said_of, verdict
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.icon import Icon
from desktop.widgets.keyed_button import KeyedButton
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled
from desktop.widgets.segmented import Segment, Segmented
from desktop.widgets.stepper import Stepper
from desktop.widgets.tile import Tile

SHOWN: Final = 8
"""Workers that are named; of more there is the number."""


class FleetCard(QFrame):
    """`chosen` has the Choices after a change, `start` is the one main action."""

    chosen = Signal(object)
    start = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._theme = theme
        self._choices = Choices()
        self._names: Sequence[str] = ()
        self.workers = Stepper(theme, "Workers", 1, MAX_WORKERS, 1)
        self.workers.changed.connect(self._workers_chosen)
        self._reason = label("", "dim", wrap=True)
        self._nodes = QGridLayout()
        self._nodes.setHorizontalSpacing(8)
        self._nodes.setVerticalSpacing(8)
        self._nodes.setColumnStretch(1, 1)
        self._nodes.setColumnStretch(3, 1)
        self.queues = QLineEdit()
        self.queues.setAccessibleName("Queues")
        self.queues.setFont(mono_font())
        self.queues.editingFinished.connect(self._queues_typed)
        self._fault = FaultCard(theme)
        segments = [Segment(mode, name) for mode, (name, _) in MODES.items()]
        self.mode = Segmented(theme, "Mode", segments)
        self.mode.chosen.connect(self._mode_chosen)
        self._truth = label("", "text2", wrap=True)
        self._command = CommandPage(theme, (0, 0, 0, 0))
        self.begin = KeyedButton(
            theme, "Start", self.start.emit, "Ctrl+Enter", icon_name="play", role="primary"
        )
        self.begin.setMinimumHeight(sizes.MAIN_CONTROL)
        self.begin.setEnabled(False)  # until something is tried
        self._lay_out()

    def _lay_out(self) -> None:
        self._banner = QFrame()
        self._banner.setProperty("role", "warn-card")
        self._what, self._meaning = label("", "strong", wrap=True), label("", "dim", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._meaning)
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(Icon(self._theme, "warning", "warn"))
        row.addLayout(words, 1)
        number = QHBoxLayout()
        number.setSpacing(12)
        number.addWidget(self.workers)
        number.addWidget(self._reason, 1)
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(12)
        column.addWidget(label("Workers", "section"))
        column.addLayout(number)
        column.addLayout(self._nodes)
        column.addWidget(self._fault)
        column.addWidget(_rule())
        column.addWidget(label("Mode", "section"))
        column.addWidget(self.mode, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._truth)
        column.addWidget(_rule())
        column.addWidget(label("Queues", "section"))
        column.addWidget(self.queues)
        column.addWidget(_rule())
        column.addWidget(label("The same, without us", "section"))
        column.addWidget(self._command)
        column.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(12)
        foot.addWidget(self._banner)
        foot.addWidget(self.begin)
        title = label("Your fleet", "card-title")
        title.setContentsMargins(20, 16, 20, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(title)
        whole.addWidget(scrolled(choices), 1)
        whole.addWidget(_rule())
        whole.addLayout(foot)

    def show_trial(self, trial: Trial, choices: Choices, *, opening: bool = False) -> None:
        """How far it is; `opening`: it was accepted, and is being opened."""
        self._choices = choices
        groups = trial.groups
        if groups:
            self.workers.show_value(trial.count)
            self._show_nodes([node for group in groups for node in group.nodes])
        alike = len(groups) == 1 and groups[0].name is None
        self.workers.setEnabled(alike or trial.state(Part.WORKERS) is State.FAULT)
        self._reason.setText(said_of(Part.WORKERS, trial).detail)
        self._fault.show_error(trial.faults.get(Part.WORKERS))
        if not self.queues.hasFocus():
            self.queues.setText(", ".join(choices.queues))
        own = ", ".join(trial.queues) or "celery"
        self.queues.setPlaceholderText(f"the app's own: {own}")
        self._show_mode(trial)
        self._command.show_command(_command(trial), "")
        what, meaning = verdict(trial)
        self._what.setText(what)
        self._meaning.setText(meaning)
        self._banner.setVisible(bool(what))
        nodes = sum(len(group.nodes) for group in groups)
        start = f"Start {counted(nodes, 'worker')}" if groups else "Start"
        self.begin.setText("Opening…" if opening else start)
        self.begin.setAccessibleName(self.begin.text())
        self.begin.setEnabled(trial.ready and not opening)

    def _show_mode(self, trial: Trial) -> None:
        mode = Mode.FLEET if trial.project is None else worker_mode(trial.project, AS_FOUND)
        self.mode.show_value(mode)
        self.mode.setEnabled(trial.project is not None)
        self._truth.setText(MODES[mode][1])
        self._truth.setToolTip(TRUTH[mode])

    def _show_nodes(self, names: Sequence[str]) -> None:
        if names == self._names:
            return
        self._names = names
        while (item := self._nodes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for place, name in enumerate(names[:SHOWN]):
            text = label(name)
            text.setFont(mono_font())
            row, column = divmod(place, 2)
            self._nodes.addWidget(Tile(self._theme, place + 1), row, column * 2)
            self._nodes.addWidget(text, row, column * 2 + 1)
        if len(names) > SHOWN:
            self._nodes.addWidget(label(f"and {len(names) - SHOWN} more", "dim"), SHOWN // 2, 1)

    def _workers_chosen(self, count: int) -> None:
        self.chosen.emit(replace(self._choices, workers=count))

    def _mode_chosen(self, mode: str) -> None:
        self.chosen.emit(replace(self._choices, mode=mode))

    def _queues_typed(self) -> None:
        names = tuple(each for each in re.split(r"[,\s]+", self.queues.text()) if each)
        if names != self._choices.queues:
            self.chosen.emit(replace(self._choices, queues=names))


def _command(trial: Trial) -> tuple[str, ...]:
    """The literal command of the first worker."""
    if trial.project is None or not trial.groups:
        return ()
    group = trial.groups[0]
    spec = worker_spec(trial.project, AS_FOUND, {}, None, count=group.count)
    return group.spec(spec).command(group.nodes[0])


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line

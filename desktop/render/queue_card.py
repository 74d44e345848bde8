"""Scaling by what waits in queues: the rule, whether it is tried out, and its last rounds."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.choices import MAX_INSTANCES
from core.render.remote.backlog import COOL_DOWN_S, Rule
from core.render.remote.keeping_up import Round
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.sections import card_head
from desktop.render.queue_words import HEADS, round_cells
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label
from desktop.widgets.stepper import Stepper, keep_order
from desktop.widgets.toggle import Toggle

DOES: Final = (
    "Render scales by CPU and memory only. This asks it for more instances as messages wait, and"
    " works only while Solofleet is open with this project."
)
COOL_DOWNS: Final = (("1 min", 60.0), ("2 min", 120.0), ("5 min", COOL_DOWN_S), ("15 min", 900.0))
WIDTHS: Final = (84, 56, 0)
MOST_MESSAGES: Final = 99_999
MOST_ROUNDS: Final = 6
"""The latest that say something new; the others go."""


@dataclass(frozen=True, slots=True)
class KeepUp:
    """A rule to follow; `apply`: Render is asked, and not only said what it would be asked."""

    rule: Rule
    apply: bool


class QueueCard(QFrame):
    """`start` has a KeepUp, `stop` is a click."""

    start = Signal(object)
    stop = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Scale by its queues")
        self._rounds: deque[tuple[Cell, ...]] = deque(maxlen=MOST_ROUNDS)
        self.least = Stepper(theme, "At least", 1, MAX_INSTANCES, 1)
        self.most = Stepper(theme, "At most", 1, MAX_INSTANCES, 3)
        self.messages = Stepper(theme, "Messages for each instance", 1, MOST_MESSAGES, 10, width=52)
        self.cool_down = Combo(theme, "Cool-down: no fewer instances before")
        for words, seconds in COOL_DOWNS:
            self.cool_down.addItem(words, seconds)
        self.cool_down.setCurrentIndex(self.cool_down.findData(COOL_DOWN_S))
        self.dry = Toggle(
            theme, "Dry run", ("For real: Render is asked", "Dry run: nothing is sent")
        )
        self.dry.setChecked(True)
        self.start_button = TextButton(theme, "", self._start, icon_name="play")
        self.stop_button = TextButton(theme, "Stop", self.stop.emit, icon_name="stop")
        self.said = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self.rounds = CellRows(theme, HEADS, self)
        self.table = CellTable(theme, self.rounds, "Rounds", WIDTHS, wide=2)
        keep_order(self.least, self.most)
        self.dry.toggled.connect(self._name_start)
        self._lay_out()
        self._name_start(self.dry.isChecked())
        self.show_nothing()

    def _lay_out(self) -> None:
        self._form = QWidget()
        numbers = _line(
            label("from", "text2"),
            self.least,
            label("to", "text2"),
            self.most,
            label("instances, one for every", "text2"),
            self.messages,
            label("messages", "text2"),
        )
        rest = _line(label("fewer only after", "text2"), self.cool_down, self.dry)
        rest.insertSpacing(2, 8)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        form.addLayout(numbers)
        form.addLayout(rest)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(8)
        inner.addWidget(label(DOES, "dim", wrap=True))
        inner.addWidget(self._form)
        inner.addWidget(self.said)
        wide = QVBoxLayout()
        wide.setContentsMargins(8, 0, 8, 0)
        wide.setSpacing(8)
        wide.addWidget(self.fault)
        wide.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        head = card_head("Scale by its queues", ends=(self.stop_button, self.start_button))
        head.setContentsMargins(16, 0, 16, 0)  # as the other sections of its page
        column.addLayout(head)
        column.addLayout(inner)
        column.addLayout(wide)

    def show_nothing(self) -> None:
        """As before the first start."""
        self._clear()
        self.show_ended("")

    def show_begun(self) -> None:
        """It starts; what was told before goes."""
        self._clear()
        self._show_running(True)

    def show_said(self, words: str) -> None:
        """How far it is, or what it follows."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def show_ended(self, words: str, error: FleetError | None = None) -> None:
        """It does no more; `error` is why, where something failed."""
        self._show_running(False)
        self.show_said(words)
        self.fault.show_error(error)

    def add(self, at: datetime, news: Round, *, apply: bool) -> None:
        """One more round; one that says the same as the last takes its place."""
        cells = round_cells(at, news, apply=apply)
        if self._rounds and self._rounds[0][1:] == cells[1:]:
            self._rounds.popleft()
        self._rounds.appendleft(cells)
        self._show_rounds()

    def _clear(self) -> None:
        self._rounds.clear()
        self._show_rounds()
        self.fault.show_error(None)

    def _show_rounds(self) -> None:
        self.rounds.show_rows(list(self._rounds))
        self.table.setVisible(bool(self._rounds))

    def _show_running(self, running: bool) -> None:
        self._form.setEnabled(not running)
        self.stop_button.setVisible(running)
        self.start_button.setVisible(not running)

    # --- What is clicked ---

    def _name_start(self, dry: bool) -> None:
        words = "Start the dry run" if dry else "Start…"
        self.start_button.setText(words)
        self.start_button.setAccessibleName(words)

    def _start(self) -> None:
        rule = Rule(
            self.least.value,
            self.most.value,
            self.messages.value,
            self.cool_down.currentData(),
        )
        self.start.emit(KeepUp(rule, apply=not self.dry.isChecked()))


def _line(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row

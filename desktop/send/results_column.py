"""The right column: what became of what was sent."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.tasks.task import FINAL
from desktop.send.durations import measured
from desktop.send.outcome import in_words
from desktop.send.outcome_bar import OutcomeBar
from desktop.send.result_detail import ResultDetail
from desktop.send.result_rows import ResultRows
from desktop.send.result_table import ResultTable
from desktop.send.timing import Figures
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label

TICK_MS: Final = 500
PAUSE_MS: Final = 200
"""Numbers of a burst are told this often."""

EMPTY: Final = (
    "Nothing was sent yet. What you send is listed here: who ran it, how long it took, and what it"
    " returned."
)


class ResultsColumn(QFrame):
    """Shows `rows`; `turned` has the id of a task to open or close."""

    turned = Signal(str)

    def __init__(self, theme: Theme, rows: ResultRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._rows = rows
        self._about = label("", "dim")
        self.bar = OutcomeBar(theme)
        self._figures = label("", "dim", wrap=True)
        self._stall = label("", "toned", wrap=True)
        self._stall.setProperty("tone", "warn")
        self.table = ResultTable(theme, rows)
        self.table.turned.connect(self.turned)
        self._beyond = label("", "text2")
        self._copy = IconButton(theme, "copy", "Copy the ids", self._copy_ids)
        self._empty = label(EMPTY, "text2", wrap=True)
        self._filled = QWidget()
        self._lay_out()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(rows.tick)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        rows.moved.connect(self._moved)
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 0)
        head.setSpacing(10)
        head.addWidget(label("Results", "card-title"))
        head.addWidget(self._about)
        head.addStretch(1)
        head.addWidget(self._copy)
        numbers = QVBoxLayout()
        numbers.setContentsMargins(16, 8, 16, 12)
        numbers.setSpacing(6)
        numbers.addWidget(self.bar)
        numbers.addWidget(self._figures)
        numbers.addWidget(self._stall)
        rule = QFrame()
        rule.setProperty("role", "line")
        filled = QVBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(0)
        filled.addLayout(numbers)
        filled.addWidget(rule)
        filled.addWidget(self.table, 1)
        self._beyond.setContentsMargins(16, 10, 16, 10)
        filled.addWidget(self._beyond)
        self._empty.setContentsMargins(16, 12, 16, 12)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self._filled, 1)

    def show_sending(self, number: int, copies: int) -> None:
        """Which sending of this session it is."""
        self._about.setText(f"send {number}, {copies} {'copy' if copies == 1 else 'copies'}")

    def show_stall(self, why: str) -> None:
        """Why nobody runs what lies in the queue; empty where somebody will."""
        if why != self._stall.text():
            self._stall.setText(why)
            self.refresh()

    def show_detail(self, row: int, make: Callable[[Callable[[], object]], ResultDetail]) -> None:
        """Fill the row below an open task; what `make` gets fits the row to the detail."""
        detail = make(self.table.fit_detail)
        self.table.show_below(row, detail)
        self.table.scrollTo(self._rows.index(row, 0))

    def refresh(self) -> None:
        """Tell the numbers as they are now."""
        states = self._rows.states
        some = bool(self._rows.ids)
        self._empty.setVisible(not some)
        self._filled.setVisible(some)
        self._about.setVisible(some)
        self._copy.setEnabled(some)
        self.bar.show_states(states)
        stalled = states["sent"] > 0 and bool(self._stall.text())
        self._stall.setVisible(stalled)
        self._figures.setVisible(not stalled)
        self._figures.setText(_sentence(self._rows.figures()))
        beyond = self._rows.beyond
        self._beyond.setText(in_words(beyond) if beyond.total() else "")
        self._beyond.setVisible(bool(beyond.total()))
        if any(count and state not in FINAL for state, count in states.items()):
            self._clock.start()
        else:
            self._clock.stop()

    def _moved(self) -> None:
        if self._filled.isHidden() == bool(self._rows.ids):  # the first, or another sending
            self.refresh()
        elif not self._pause.isActive():
            self._pause.start()

    def _copy_ids(self) -> None:
        QApplication.clipboard().setText("\n".join(self._rows.ids))


def _sentence(figures: Figures | None) -> str:
    if figures is None:
        return "None has ended yet"
    return (
        f"Half within {measured(figures.half_s)}, 95 % within {measured(figures.most_s)},"
        f" {figures.at_a_time} at a time"
    )

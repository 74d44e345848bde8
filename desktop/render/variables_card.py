"""What Render has of the variables, against `.env`: names and states, never a value."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.variables.contract import State
from core.render.variables.drift import Drift, lacking
from desktop.deploy.cell_rows import Cell
from desktop.render.pick_rows import PickRows
from desktop.render.pick_table import PickTable
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

HEADS: Final = ("VARIABLE", "FROM", "ON RENDER")
STATES: Final[dict[State, tuple[str, str]]] = {
    State.EQUAL: ("check", "ok"),
    State.DIFFERENT: ("warning", "warn"),
    State.MISSING: ("minus", "err"),
}
IDLE: Final = "Nothing of this is asked until you do: it needs the key of the step Account."


class VariablesCard(QFrame):
    """`ask` is a click, `holder_chosen` has an id, `send` the names that were chosen."""

    ask = Signal()
    holder_chosen = Signal(str)
    send = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Variables on Render")
        self._lacking: tuple[str, ...] = ()
        self.state = label(IDLE, "dim", wrap=True)
        self.ask_button = TextButton(theme, "Compare", self.ask.emit, icon_name="restart")
        self.holder = Combo(theme, "Group or service")
        self.holder.activated.connect(self._choose_holder)
        self.fault = FaultCard(theme)
        self.rows = PickRows(theme, HEADS, self)
        self.rows.picked.connect(self._show_buttons)
        self.table = PickTable(theme, self.rows, "Variables on Render", (0, 176, 208))
        self.differing = TextButton(theme, "Choose what differs", self._choose, role="quiet")
        self.copy = TextButton(
            theme, "Copy names that .env lacks", self._copy, icon_name="copy", role="quiet"
        )
        self.send_button = TextButton(
            theme, "Set on Render…", self._send, icon_name="send", role="primary"
        )
        self._body = QWidget()
        self._lay_out()
        self.show_drift((), "", ())
        self._body.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(12)
        head.addWidget(label("On Render", "card-title"))
        head.addWidget(self.holder, 2)
        head.addStretch(1)
        head.addWidget(self.ask_button)
        state = QHBoxLayout()
        state.setContentsMargins(16, 0, 16, 0)
        state.addWidget(self.state)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 4)
        foot.setSpacing(8)
        foot.addWidget(self.differing)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.send_button)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(8, 0, 8, 0)
        body.setSpacing(4)
        body.addWidget(self.table)
        body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(state)
        column.addWidget(self.fault)
        column.addWidget(self._body)

    def show_state(self, words: str) -> None:
        """What is under way, or was done; empty for nothing."""
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def show_busy(self, busy: bool) -> None:
        """Whether Render is asked."""
        self.ask_button.setEnabled(not busy)
        self._show_buttons()
        self.send_button.setEnabled(self.send_button.isEnabled() and not busy)

    def show_error(self, error: FleetError | None) -> None:
        """Why it could not be read or set."""
        self.fault.show_error(error)

    def show_drift(
        self, holders: Sequence[tuple[str, str]], current: str, found: Sequence[Drift]
    ) -> None:
        """Ids and names of groups and services, and how variables stand in the current one."""
        self.holder.clear()
        for id, name in holders:
            self.holder.addItem(name, id)
        self.holder.setCurrentIndex(self.holder.findData(current))
        self.holder.setVisible(bool(holders))
        self._lacking = lacking(tuple(found))
        can = frozenset(each.name for each in found if each.can_go)
        self.rows.offer([_cells(each) for each in found], can)
        self._body.setVisible(bool(found))
        self.copy.setVisible(bool(self._lacking))
        self.differing.setEnabled(bool(can))

    def _choose_holder(self, place: int) -> None:
        self.holder_chosen.emit(self.holder.itemData(place))

    def _choose(self) -> None:
        self.rows.choose(frozenset(row[0].text for row in self.rows.rows))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("".join(f"{name}=\n" for name in self._lacking))

    def _send(self) -> None:
        self.send.emit(self.rows.chosen)

    def _show_buttons(self) -> None:
        count = len(self.rows.chosen)
        self.send_button.setEnabled(count > 0)
        self.send_button.setText(f"Set {count} on Render…" if count else "Set on Render…")


def _cells(drift: Drift) -> tuple[Cell, ...]:
    name = Cell(drift.name, mono=True)
    if drift.fault is not None:
        hint = f"{sentence(drift.fault.why)}. {sentence(drift.fault.fix)}"
        place = Cell(drift.place, "text2", mono=True)
        return name, place, Cell("not to be sent", "warn", "alert", hint=hint)
    if not drift.place:
        return name, Cell("", "dim"), Cell("only there", "text2", "shared")
    icon_name, colour = STATES.get(drift.state, ("check", "text2"))
    return name, Cell(drift.place, "text2", mono=True), Cell(drift.state, colour, icon_name)

"""The third step: all variables, who needs them and who has them; never a value."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.variables.contract import LOCAL, Row, State
from core.render.variables.read import Read
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.facts import Environment
from desktop.deploy.finding_list import FindingList
from desktop.deploy.sections import scrolled_cards, section
from desktop.deploy.told import of_variables
from desktop.render.variables_card import VariablesCard
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.labels import label

HEADS: Final = ("VARIABLE", "FOR", "MUST")
PLACE_WIDTH: Final = 98
MOST_READS: Final = 5
"""Lines that a tooltip tells."""
STATES: Final[dict[State, tuple[str, str]]] = {
    State.PRESENT: ("check", "text2"),
    State.EQUAL: ("check", "ok"),
    State.DIFFERENT: ("warning", "warn"),
    State.MISSING: ("minus", "dim"),
    State.UNKNOWN: ("waiting", "dim"),
}
MEANING: Final[dict[State, str]] = {
    State.PRESENT: "set there, with nothing to compare",
    State.EQUAL: "the same as in the .env file",
    State.DIFFERENT: "another value than in the .env file",
    State.MISSING: "not set there",
    State.UNKNOWN: "a group that is not in render.yaml may have it",
}


class EnvironmentPage(QWidget):
    """`place_clicked` has file and line."""

    place_clicked = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CellRows(theme, HEADS, self)
        self.table = CellTable(theme, self.rows, "Variables", (0, 120, 54), wide=0)
        self.said = label("", "dim", wrap=True)
        self.fault = FaultCard(theme)
        self._reads: list[Read | None] = []
        self.table.activated.connect(self._go)
        self.lints = FindingList(theme)
        self.lints.place_clicked.connect(self.place_clicked)
        self._variables = section(
            "Environment",
            self.table,
            self.said,
            note="compared by hash, no value is shown",
            inset=8,
        )
        self.said.setContentsMargins(8, 0, 8, 4)
        self.on_render = VariablesCard(theme)
        self._wrong = section("What is wrong with them", self.lints)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fault)
        column.addWidget(scrolled_cards((self._variables, self.on_render, self._wrong)), 1)
        self.show_environment(None)

    def show_environment(self, part: Environment | FleetError | None) -> None:
        """What is known."""
        self.fault.show_error(part if isinstance(part, FleetError) else None)
        self._variables.setVisible(isinstance(part, Environment))
        lints = part.lints if isinstance(part, Environment) else ()
        self._wrong.setVisible(bool(lints))
        self.lints.show_told(of_variables(lints))
        if not isinstance(part, Environment):
            return
        places = tuple(dict.fromkeys(place for row in part.rows for place in row.places))
        heads = (*HEADS, *(_head(place) for place in places))
        self.rows.show_rows([_cells(row, places) for row in part.rows], heads)
        for number in range(len(places)):
            self.table.setColumnWidth(3 + number, PLACE_WIDTH)
        self.said.setText(_said(places, part))
        self._reads = [row.reads[0] if row.reads else None for row in part.rows]

    def _go(self, index: QModelIndex) -> None:
        if (read := self._reads[index.row()]) is not None:
            self.place_clicked.emit(read.file, read.line)


def _head(place: str) -> str:
    return place if place == LOCAL else place.upper()


def _cells(row: Row, places: Sequence[str]) -> tuple[Cell, ...]:
    where = "\n".join(f"read at {read.file}:{read.line}" for read in row.reads[:MOST_READS])
    return (
        Cell(" or ".join(row.names), mono=True, hint=where or "no code reads it"),
        Cell(" and ".join(row.needed_by) or "nobody known", "text2"),
        Cell("must" if row.required else "", "text2", hint="code raises without it"),
        *(_state(row.places.get(place), required=row.required) for place in places),
    )


def _state(state: State | None, *, required: bool) -> Cell:
    if state is None:
        return Cell("", hint="nothing is known")
    icon_name, colour = STATES[state]
    words = str(state)
    if state is State.MISSING and required:
        icon_name, colour = "alert", "err"
    elif state is State.MISSING:
        words = "not set"  # the code has a default: nothing is amiss
    return Cell(words, colour, icon_name, hint=MEANING[state])


def _said(places: Sequence[str], part: Environment) -> str:
    if not part.rows:
        return "No code reads a variable, and none is written down."
    if len(places) == 1:
        return "There is no render.yaml yet: what Render would have is told once it is written."
    return (
        "What is asked for in Render's Dashboard counts as present: it is not looked up. A double"
        " click opens the line that reads a variable."
    )

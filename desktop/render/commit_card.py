"""What is not committed: which of it goes into the next commit, and what that does."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import FleetError
from core.render.blueprint.drafting import FILE
from core.render.committing import Difference, State, obstacle
from core.settings.loading import OWN_FILE
from desktop.deploy.cell_rows import Cell
from desktop.deploy.sections import card_head
from desktop.render.pick_rows import PickRows
from desktop.render.pick_table import PickTable
from desktop.render.words import counted
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.error_card import sentence
from desktop.widgets.labels import label

HEADS: Final = ("FILE", "STATE", "LINES")
WRITTEN_HERE: Final = frozenset((FILE, OWN_FILE))
"""Names of files that the Deploy page writes: they are chosen when they first appear."""
MOST: Final = 8
"""Rows that are seen at once."""
STATES: Final[dict[State, tuple[str, str]]] = {
    State.NEW: ("plus", "ok"),
    State.CHANGED: ("file", "text2"),
    State.DELETED: ("minus", "err"),
}


class CommitCard(QFrame):
    """`commit` has the chosen paths and the message, `opened` the path of a file.

    It is there while something can be committed.
    """

    commit = Signal(object, str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Commit")
        self._known: frozenset[str] = frozenset()
        self._busy = False
        self.state = label("", "dim")
        self.every = TextButton(theme, "Choose all", self._choose_all, role="quiet")
        self.rows = PickRows(theme, HEADS, self)
        self.rows.picked.connect(self._show_button)
        self.table = PickTable(
            theme, self.rows, "Files that are not committed", (0, 148, 112), most=MOST
        )
        self.table.doubleClicked.connect(self._open)
        self.message = QLineEdit()
        self.message.setAccessibleName("Message of the commit")
        self.message.setPlaceholderText("What it does, such as: Plan the services on Render")
        self.message.textChanged.connect(self._show_button)
        self.message.returnPressed.connect(self._commit)
        self.button = TextButton(theme, "Commit", self._commit, icon_name="check", role="primary")
        self.fault = FaultCard(theme)
        self._lay_out()
        self.show_differences(())

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 12, 4)
        foot.setSpacing(8)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.button)
        rows = QHBoxLayout()
        rows.setContentsMargins(8, 0, 8, 0)
        rows.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        column.addLayout(card_head("Commit", self.state, ends=(self.every,)))
        column.addWidget(self.fault)
        column.addLayout(rows)
        column.addLayout(foot)

    def show_differences(self, found: Sequence[Difference]) -> None:
        """What there is; what was chosen before and is still there stays chosen."""
        can = frozenset(each.path for each in found if obstacle(each) is None)
        fresh = can - self._known
        written = {path for path in fresh if PurePosixPath(path).name in WRITTEN_HERE}
        self._known = frozenset(each.path for each in found)
        self.rows.offer([_cells(each) for each in found], can)
        self.rows.choose(frozenset(self.rows.chosen) | written)
        self.every.setEnabled(bool(can))
        self.show_busy("")
        self.setVisible(bool(found))

    def show_busy(self, words: str) -> None:
        """What is under way; empty when nothing is."""
        self._busy = bool(words)
        self.state.setText(words or f"{counted(len(self._known), 'file')} not committed")
        self._show_button()

    def show_error(self, error: FleetError | None) -> None:
        """Why it was not committed."""
        self.fault.show_error(error)

    def _show_button(self) -> None:
        count = len(self.rows.chosen)
        self.button.setText(f"Commit {counted(count, 'file')}" if count else "Commit")
        said = bool(self.message.text().strip())
        self.button.setEnabled(count > 0 and said and not self._busy)
        missing = "Choose a file first" if not count else "" if said else "It needs a message"
        self.button.setToolTip(missing)

    def _choose_all(self) -> None:
        self.rows.choose(self._known)

    def _commit(self) -> None:
        if self.button.isEnabled():
            self.commit.emit(self.rows.chosen, self.message.text().strip())

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.rows[index.row()][0].text)


def _cells(each: Difference) -> tuple[Cell, ...]:
    name = Cell(each.path, mono=True)
    lines = "" if each.added is None else f"+{each.added} −{each.removed}"
    fault = obstacle(each)
    if fault is not None:
        hint = f"{sentence(fault.why)}. {sentence(fault.fix)}"
        words = each.state if each.state is State.CONFLICT else "holds secrets"
        return name, Cell(words, "warn", "alert", hint=hint), Cell(lines, "dim")
    icon_name, colour = STATES[each.state]
    return name, Cell(each.state, colour, icon_name), Cell(lines, "text2", mono=True)

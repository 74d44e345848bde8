"""What was deployed before, and the way back to it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.render.api.answers import Deploy
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.sections import card_head
from desktop.render.deploy_card import ICONS
from desktop.render.looks import deploy_look
from desktop.render.words import when
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label

HEADS: Final = ("DEPLOY", "STATE", "COMMIT", "MESSAGE", "WHEN")
MOST: Final = 8


class HistoryCard(QFrame):
    """`roll_back` has the id of a deploy."""

    roll_back = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deploys: tuple[Deploy, ...] = ()
        self.setProperty("role", "card")
        self.setAccessibleName("Earlier deploys")
        self._whose = label("", "dim")
        self.button = TextButton(theme, "Roll back…", self._roll_back, icon_name="history")
        self.why = label("", "dim")
        self.rows = CellRows(theme, HEADS, self)
        self.table = CellTable(theme, self.rows, "Earlier deploys", (150, 132, 76, 0, 108), wide=3)
        self.table.selectionModel().selectionChanged.connect(self._show_button)
        ends = (self.why, self.button)
        table = QHBoxLayout()
        table.setContentsMargins(8, 0, 8, 0)
        table.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        column.addLayout(card_head("Earlier deploys", self._whose, ends=ends))
        column.addLayout(table)
        self.show_deploys("", ())

    def show_deploys(self, name: str, deploys: Sequence[Deploy]) -> None:
        """Those of the service of this name, the newest first."""
        chosen = self.chosen
        self._deploys = tuple(deploys)[:MOST]
        self._whose.setText(name)
        self.rows.show_rows([_cells(each) for each in self._deploys])
        if chosen is not None:
            ids = [each.id for each in self._deploys]
            if chosen.id in ids:
                self.table.selectRow(ids.index(chosen.id))
        self.setVisible(bool(self._deploys))
        self._show_button()

    @property
    def chosen(self) -> Deploy | None:
        """The one that is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self._deploys[rows[0].row()] if rows and rows[0].row() < len(self._deploys) else None

    def _show_button(self) -> None:
        reason = self._reason()
        self.why.setText(reason)
        self.button.setEnabled(not reason)

    def _reason(self) -> str:
        deploy = self.chosen
        if deploy is None:
            return "choose one to go back to"
        if not deploy.good:
            return "it was never live"
        return "it is live" if deploy.status == "live" else ""

    def _roll_back(self) -> None:
        if (deploy := self.chosen) is not None:
            self.roll_back.emit(deploy.id)


def _cells(deploy: Deploy) -> tuple[Cell, ...]:
    look = deploy_look(deploy)
    return (
        Cell(deploy.id[-12:], mono=True, hint=deploy.id),
        Cell(look.label, look.colour, ICONS.get(look.colour, "waiting")),
        Cell(deploy.commit[:7], mono=True, hint=deploy.commit),
        Cell(deploy.message.partition("\n")[0], "text2"),
        Cell(when(deploy.created_at), "text2"),
    )

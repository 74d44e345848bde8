"""The services, how far the deploy of each is, and what the chosen one prints meanwhile."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from core.logs.store import LogStore
from desktop.deploy.cell_rows import Cell, CellRows, CellTable
from desktop.deploy.sections import card_head
from desktop.logpane.document import Document
from desktop.logpane.frame import LogFrame
from desktop.logpane.source import StoreSource
from desktop.render.leg_bar import LegBar
from desktop.render.looks import deploy_look
from desktop.render.watched import Watched
from desktop.render.words import lasted, when
from desktop.setup.fault_card import FaultCard
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.labels import label
from desktop.widgets.pill import Pill

HEADS: Final = ("SERVICE", "STATE", "COMMIT", "BRANCH", "SINCE")
LOG_HEIGHT: Final = 236
ICONS: Final = {"ok": "check", "err": "close", "acc": "play", "violet": "play"}


class DeployCard(QFrame):
    """`chosen`, `deploy_one`, `cancel` and `dashboard` have the id of a service."""

    chosen = Signal(str)
    deploy_all = Signal()
    deploy_one = Signal(str)
    cancel = Signal(str)
    dashboard = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._current = ""
        self._ids: list[str] = []
        self.setProperty("role", "card")
        self.setAccessibleName("Deploy")
        self.pill = Pill(theme, deploy_look(None))
        self.open_button = IconButton(theme, "external", "Open Render's page", self._open)
        self.cancel_button = TextButton(
            theme, "Cancel deploy…", self._cancel, icon_name="close", role="danger"
        )
        self.one_button = TextButton(theme, "Deploy this one…", self._deploy_one)
        self.all_button = TextButton(
            theme, "Deploy all…", self.deploy_all.emit, icon_name="deploy", role="primary"
        )
        self.rows = CellRows(theme, HEADS, self)
        self.table = CellTable(
            theme, self.rows, "Deploys of services", (0, 150, 84, 92, 112), wide=0
        )
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.legs = LegBar(theme)
        self.said = label("", "text2", wrap=True)
        self.fault = FaultCard(theme)
        self.logs = QStackedWidget()
        self.logs.setFixedHeight(LOG_HEIGHT)
        self.frames: dict[str, LogFrame] = {}
        self._lay_out()
        self.show_watched([], 0.0)

    def _lay_out(self) -> None:
        buttons = (self.open_button, self.cancel_button, self.one_button, self.all_button)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 4, 16, 0)
        inner.setSpacing(8)
        for widget in (self.legs, self.said, self.fault, self.logs):
            inner.addWidget(widget)
        table = QHBoxLayout()
        table.setContentsMargins(8, 0, 8, 0)
        table.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 12)
        column.setSpacing(8)
        column.addLayout(card_head("Deploy", self.pill, ends=buttons))
        column.addLayout(table)
        column.addLayout(inner)

    # --- What is shown ---

    def show_watched(self, watched: Sequence[Watched], now: float) -> None:
        """How all of them stand; `now` in monotonic seconds."""
        self._ids = [each.service.id for each in watched]
        if self._current not in self._ids:
            self._current = self._ids[0] if self._ids else ""
        self.rows.show_rows([_cells(each, now) for each in watched])
        if self._ids:
            self.table.selectionModel().blockSignals(True)
            self.table.selectRow(self._ids.index(self._current))
            self.table.selectionModel().blockSignals(False)
        self.all_button.setEnabled(bool(watched) and not all(each.under_way for each in watched))
        self._show_current(next((each for each in watched if self._is(each)), None), now)

    def _show_current(self, watched: Watched | None, now: float) -> None:
        known = watched is not None
        under_way = known and watched.under_way
        for widget in (self.pill, self.open_button, self.table):
            widget.setVisible(known)
        self.one_button.setVisible(len(self._ids) > 1)
        self.one_button.setEnabled(not under_way)
        self.cancel_button.setVisible(under_way)
        shown = known and bool(watched.passage.status)
        self.legs.setVisible(shown)
        self.fault.show_error(watched.fault if known else None)
        self.said.setText(watched.said() if known else "")
        self.said.setVisible(bool(self.said.text()))
        frame = self.frames.get(self._current)
        self.logs.setVisible(frame is not None)
        if frame is not None:
            self.logs.setCurrentWidget(frame)
        if watched is not None:
            self.pill.show_look(deploy_look(watched.deploy))
            self.legs.show_legs(watched.passage.legs(now), watched.share(now))

    def show_log(self, id: str, store: LogStore) -> None:
        """Show what the deploy of a service prints, in place of what was there."""
        frame = LogFrame(self._theme, Document(StoreSource(store)), lambda: store.counts)
        frame.setAccessibleName("Log of the deploy")
        frame.view.setAccessibleName("Log of the deploy")
        self._drop(id)
        self.frames[id] = frame
        self.logs.addWidget(frame)

    def grew(self, id: str) -> None:
        """It has more lines."""
        if (frame := self.frames.get(id)) is not None:
            frame.grew()

    def forget(self) -> None:
        """Another project is there."""
        for id in list(self.frames):
            self._drop(id)
        self._current = ""
        self.show_watched([], 0.0)

    @property
    def current(self) -> str:
        """The id of the service that is chosen; empty without any."""
        return self._current

    def choose(self, id: str) -> None:
        """Show this one."""
        self._current = id
        self.chosen.emit(id)

    def _drop(self, id: str) -> None:
        if (old := self.frames.pop(id, None)) is not None:
            self.logs.removeWidget(old)
            old.deleteLater()

    def _is(self, watched: Watched) -> bool:
        return watched.service.id == self._current

    # --- What is clicked ---

    def _row_changed(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid() and self._ids[index.row()] != self._current:
            self.choose(self._ids[index.row()])

    def _deploy_one(self) -> None:
        self.deploy_one.emit(self._current)

    def _cancel(self) -> None:
        self.cancel.emit(self._current)

    def _open(self) -> None:
        self.dashboard.emit(self._current)


def _cells(watched: Watched, now: float) -> tuple[Cell, ...]:
    deploy, look = watched.deploy, deploy_look(watched.deploy)
    age = ""
    if deploy is not None:
        following = watched.under_way and watched.passage.began
        age = lasted(watched.passage.lasted(now)) if following else when(deploy.created_at)
    return (
        Cell(watched.service.name, strong=True, hint=watched.service.id),
        Cell(look.label, look.colour, ICONS.get(look.colour, "waiting")),
        Cell("" if deploy is None else deploy.commit[:7], mono=True, hint=_message(watched)),
        Cell(watched.service.branch, "text2", mono=True),
        Cell(age, "text2"),
    )


def _message(watched: Watched) -> str:
    return "" if watched.deploy is None else watched.deploy.message

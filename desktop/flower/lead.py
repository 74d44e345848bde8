"""Leads to Flower: starts it beside the workers, waits until it answers, and opens it."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from core.errors import FleetError
from core.flower.beside import Beside, greet_flower, start_flower
from core.flower.plan import NAME
from core.session import Session
from core.workers.phase import Phase, Stage, Worker
from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.flower.dialog import FlowerDialog
from desktop.theme.theme import Theme

DOWN = frozenset({Phase.BACKOFF, Phase.CRASHED, Phase.FATAL})


class FlowerLead(QObject):
    """`dialog` is the one that is open, if any; `open_url` opens the browser."""

    def __init__(self, theme: Theme, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._desk = desk
        self._window = window
        self._beside: Beside | None = None
        self._wanted = False
        self._said = ""
        self.dialog: FlowerDialog | None = None
        self.open_url: Callable[[QUrl], object] = QDesktopServices.openUrl
        desk.hub.turned.connect(self._turned)
        desk.closed.connect(self._forget)

    def commands(self) -> Iterable[Command]:
        """What opens it."""
        yield Command("Open Flower", self.open, "Window", "", "flower", self._is_open)

    def open(self) -> None:
        """Open it in the browser; start it before, where it does not run."""
        session = self._desk.session
        if session is None or self._wanted:
            return
        row = _row(session)
        if row is not None and row.stage is Stage.UP:
            self._show_dialog(session)
            self._browse()
        elif row is not None and (row.alive or self._beside is None):  # or the project's own
            self._wanted = True
            session.start(NAME)
            self._show_dialog(session)
        else:
            self._wanted = True
            self._desk.do(self._start(session))

    async def _start(self, session: Session) -> None:
        try:
            self._beside = await start_flower(session)
        except FleetError:
            self._wanted = False
            raise
        self._said = "It starts. The browser opens when it answers."
        self._show_dialog(session)

    async def _greet(self, session: Session) -> None:
        """The browser opens once Flower counts what the workers do."""
        if self._beside is not None:
            self._said = f"It answers at {self._beside.plan.url}. It looks for the workers."
            self._show_state(session)
            sight = await greet_flower(session, self._beside)
            self._said = f"It answers at {self._beside.plan.url}. {_seen(sight.seen, sight.unseen)}"
            self._show_state(session)
        self._browse()

    def _turned(self, workers: Sequence[Worker]) -> None:
        session = self._desk.session
        for row in (each for each in workers if each.name == NAME):
            if session is None or not self._wanted:
                continue
            if row.stage is Stage.UP:
                self._wanted = False
                self._desk.do(self._greet(session))
            elif row.phase in DOWN:
                self._wanted = False
                self._close()
                fix = "its pane has the lines that it printed last; mend that, and open it again"
                self._desk.failed.emit(FleetError("Flower did not come up", row.why, fix))
            elif row.phase is Phase.EXITED:
                self._wanted = False
                self._close()

    def _browse(self) -> None:
        session = self._desk.session
        address = None if session is None else session.company.address(NAME)
        if address is not None:
            self.open_url(QUrl(address))

    def _show_dialog(self, session: Session) -> None:
        """Who may enter is known of a Flower of ours only."""
        if self._beside is None:
            return
        self._close()
        access, own = self._beside.plan.access, self._beside.own
        self.dialog = FlowerDialog(self._theme, access, own=own, parent=self._window)
        self.dialog.opened.connect(self._browse)
        self.dialog.finished.connect(self._closed)
        self._show_state(session)
        self.dialog.show()

    def _show_state(self, session: Session) -> None:
        row = _row(session)
        if self.dialog is not None:
            self.dialog.show_state(self._said)
            self.dialog.show_ready(row is not None and row.stage is Stage.UP)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _closed(self, _result: int) -> None:
        self.dialog = None

    def _forget(self) -> None:
        self._beside, self._wanted, self._said = None, False, ""
        self._close()

    def _is_open(self) -> bool:
        return self._desk.session is not None


def _row(session: Session) -> Worker | None:
    return next((row for row in session.company.rows if row.name == NAME), None)


def _seen(seen: Sequence[str], unseen: Sequence[str]) -> str:
    if unseen:
        names = ", ".join(name.partition("@")[0] for name in unseen)
        return f"It has not heard of {names} yet."
    return f"It sees {len(seen)} worker{'' if len(seen) == 1 else 's'}."

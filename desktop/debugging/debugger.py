"""Leads a worker under debugpy and out of it, and shows how an editor attaches."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from core.debugging import debug, debug_no_more
from core.session import Session
from core.workers.mode import Mode
from core.workers.phase import Stage
from desktop.commands.command import Command
from desktop.debugging.attach import HOST, pycharm, vscode
from desktop.debugging.dialog import AttachDialog
from desktop.desk import Desk
from desktop.theme.theme import Theme


class Debugger(QObject):
    """`dialog` is the one that is open, if any."""

    def __init__(self, theme: Theme, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._desk = desk
        self._window = window
        self._name = ""
        self.dialog: AttachDialog | None = None
        desk.hub.workers_changed.connect(self._show)
        desk.closed.connect(self._close)

    def commands(self) -> Iterable[Command]:
        """For each worker: into the debugger, or how to attach and out of it."""
        session = self._desk.session
        for worker in () if session is None else session.supervisor.workers:
            for text, deed in self._deeds(worker.name):
                yield Command(text, deed, "Workers", "", "bug")

    def offer(self, name: str, menu: QMenu) -> None:
        """Add what can be done to the menu of a worker's pane."""
        deeds = self._deeds(name)
        if deeds:
            menu.addSeparator()
        for text, deed in deeds:
            menu.addAction(text).triggered.connect(deed)

    def start(self, name: str) -> None:
        """Restart a worker under debugpy after its task, and show how to attach."""
        if self._desk.session is not None:
            self._desk.do(self._start(self._desk.session, name))

    def stop(self, name: str) -> None:
        """Restart it without."""
        if self._desk.session is not None:
            debug_no_more(self._desk.session, name)
            self._close()

    def attach(self, name: str) -> None:
        """Show how an editor attaches to a worker that is debugged."""
        session = self._desk.session
        port = None if session is None else session.supervisor.debug_port(name)
        if session is None or port is None:
            return
        self._close()
        short = name.partition("@")[0]
        recipes = {
            "VS Code": vscode(short, port),
            "PyCharm": pycharm(short, port, session.project.workdir),
        }
        self.dialog = AttachDialog(self._theme, short, port, recipes, self._window)
        self._name = name
        self.dialog.ended.connect(partial(self.stop, name))
        self.dialog.finished.connect(self._closed)
        self._show()
        self.dialog.show()

    def _deeds(self, name: str) -> list[tuple[str, partial[None]]]:
        session, short = self._desk.session, name.partition("@")[0]
        if session is None or name in session.company or session.mode is not Mode.FLEET:
            return []
        port = session.supervisor.debug_port(name)
        if port is None:
            return [(f"Debug {short}…", partial(self.start, name))]
        return [
            (f"Attach an editor to {short}…", partial(self.attach, name)),
            (f"Restart {short} without debugger", partial(self.stop, name)),
        ]

    async def _start(self, session: Session, name: str) -> None:
        await debug(session, name)
        self.attach(name)

    def _show(self, _names: object = None) -> None:
        session = self._desk.session
        if self.dialog is None or session is None:
            return
        port = session.supervisor.debug_port(self._name)
        worker = next((w for w in session.supervisor.workers if w.name == self._name), None)
        if worker is None:
            self._close()
        elif worker.stage is Stage.UP:
            works = "It runs tasks whether or not an editor is attached."
            self.dialog.show_state(f"It listens at {HOST}:{port}. {works}")
        elif worker.stage is Stage.STOPPING and worker.task is not None:
            self.dialog.show_state(f"It starts again when {worker.task.name} is over.")
        else:
            self.dialog.show_state(f"It is {worker.phase}: {worker.evidence}.")

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _closed(self, _result: int) -> None:
        self.dialog = None

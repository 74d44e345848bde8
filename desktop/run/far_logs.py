"""Logs of services that run elsewhere, beside those of the workers here.

Whoever reads them there puts the lines in; nothing here asks anybody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Signal

from core.logs.store import LogStore
from core.workers.phase import Stage, Worker
from desktop.logpane.notes import Note
from desktop.run.worker_rows import WorkerRow
from desktop.theme.looks import Look, Shape

HOST: Final = "@render"
"""Ends the names of these logs, which are then never those of a worker."""
READING: Final = Look("grey", Shape.OPEN_ARC, "On Render, reading")
LIVE: Final = Look("ok", Shape.CIRCLE, "On Render")
LOST: Final = Look("warn", Shape.PLUG, "On Render, connection lost")


@dataclass(frozen=True, slots=True)
class FarRow(WorkerRow):
    """A service on Render, for the logs: `state` says how its lines come."""

    state: Look = READING

    @property
    def name(self) -> str:
        """The service, and where it is."""
        return f"{self.worker.name.removesuffix(HOST)} (Render)"

    @property
    def letter(self) -> str:
        """On its tile."""
        return "R"

    @property
    def look(self) -> Look:
        """How its lines come."""
        return self.state

    @property
    def elsewhere(self) -> bool:
        """It runs elsewhere."""
        return True


class FarLogs(QObject):
    """`changed` and `grew` have a frozenset of names, `noted` a name and a Note."""

    changed = Signal(object)
    grew = Signal(object)
    noted = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks: dict[str, Look] = {}
        self._pages: dict[str, str] = {}
        self._stores: dict[str, LogStore] = {}

    def rows(self, after: int) -> tuple[WorkerRow, ...]:
        """Those that are shown, numbered after so many others."""
        return tuple(
            FarRow(number, Worker(name, Stage.UP), None, look.label, state=look)
            for number, (name, look) in enumerate(self._looks.items(), after + 1)
        )

    def log(self, name: str) -> LogStore | None:
        """The log of this name, also when it is no longer shown; None where it never was."""
        return self._stores.get(name)

    def page(self, name: str) -> str | None:
        """Where the service is seen in a browser."""
        return self._pages.get(name)

    def show(self, service: str, page: str) -> str:
        """Show the log of a service; the name that it has here. What came before is in it still."""
        name = f"{service}{HOST}"
        self._stores.setdefault(name, LogStore())
        self._pages[name] = page
        self.tell(name, READING)
        return name

    def tell(self, name: str, look: Look) -> None:
        """How its lines come now."""
        if self._looks.get(name) != look:
            self._looks[name] = look
            self.changed.emit(frozenset((name,)))

    def take(self, name: str, block: bytes) -> None:
        """Lines that came, each with its newline."""
        self._stores[name].append(block)
        self.grew.emit(frozenset((name,)))

    def note(self, name: str, text: str) -> None:
        """Say something between the lines."""
        self.noted.emit(name, Note(self._stores[name].end, datetime.now(), text))

    def hide(self) -> None:
        """Show none of them any more."""
        names, self._looks = frozenset(self._looks), {}
        if names:
            self.changed.emit(names)

"""The panes of all workers: made when a worker is first seen, fed, and laid out."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import FleetError
from core.logs.store import LogStore
from desktop.logpane.frame import LogFrame
from desktop.logpane.notes import Note
from desktop.logpane.pane import Pane
from desktop.run.grid import PaneGrid
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme


class Panes(QWidget):
    """`log` gives a worker's store, `address` where a command is to be seen in a browser.

    The signals have the name of a worker, the id of a task, or a file
    with a line.
    """

    start_asked = Signal(str)
    stop_asked = Signal(str)
    restart_asked = Signal(str)
    task_clicked = Signal(str)
    place_clicked = Signal(str, int)
    failed = Signal(object)  # FleetError
    focused = Signal(str)
    menu_made = Signal(str, object)  # of whose pane, QMenu
    made = Signal(object)  # Pane
    looked = Signal()  # at what came, or at what a filter lets through, in any of them

    def __init__(
        self,
        theme: Theme,
        log: Callable[[str], LogStore],
        address: Callable[[str], str | None] = lambda name: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._log = log
        self._address = address
        self._panes: dict[str, Pane] = {}
        self._shown: tuple[str, ...] = ()
        self._current = ""
        self.grid = PaneGrid()
        self.grid.placed.connect(self._placed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)

    def __iter__(self) -> Iterator[Pane]:
        """The panes of the workers that there are, in order."""
        return iter([self._panes[name] for name in self._shown])

    def has(self, name: str) -> bool:
        """Whether there is a pane of this name."""
        return name in self._panes

    def pane(self, name: str) -> Pane:
        """The pane of a worker; KeyError for one that never was."""
        return self._panes[name]

    def current(self) -> Pane | None:
        """The pane that had the keyboard last, else the first one that is seen."""
        seen = self.grid.visible_names()
        name = self._current if self._current in seen else next(iter(seen), None)
        return None if name is None else self._panes[name]

    def maximise_current(self) -> None:
        """Give the current pane all the place, or back to the others."""
        seen = self.grid.visible_names()
        if seen:
            self.grid.maximise(self._current if self._current in seen else seen[0])

    def show_workers(self, rows: Sequence[WorkerRow], changed: frozenset[str]) -> None:
        """Show a pane for each; those of `changed` are in another state."""
        for row in rows:
            name = row.worker.name
            if name not in self._panes:
                self._panes[name] = self._pane(row)
                self.made.emit(self._panes[name])
            if name in changed:
                self._panes[name].show_look(row.look, row.worker.alive)
        self._shown = tuple(row.worker.name for row in rows)
        self.grid.show_panes({name: self._panes[name] for name in self._shown})

    def focus(self, name: str) -> None:
        """Give the keyboard to a pane, which is seen then."""
        self.grid.bring(name)
        self._panes[name].view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_line(self, name: str, line: int | None) -> None:
        """Give the keyboard to a pane, and mark a line there, unless it is no longer kept."""
        self.focus(name)
        if line is not None:
            self._panes[name].go_to(line)

    def add_notes(self, name: str, notes: Sequence[Note]) -> None:
        """Say something between the lines of a worker."""
        if (pane := self._panes.get(name)) is not None:
            for note in notes:
                pane.add_note(note)

    def grew(self, names: frozenset[str]) -> None:
        """These logs have more lines."""
        for name in names & self._panes.keys():
            self._panes[name].grew()

    def _pane(self, row: WorkerRow) -> Pane:
        name = row.worker.name
        store = self._log(name)
        pane = Pane(
            self._theme,
            row.number,
            row.name,
            row.look,
            store,
            file_name="" if row.elsewhere else f"{row.name}.log",
            letter=row.letter,
            address=self._address(name),
            elsewhere=row.elsewhere,
        )
        pane.menu_made.connect(partial(self.menu_made.emit, name))
        pane.start_asked.connect(partial(self.start_asked.emit, name))
        pane.stop_asked.connect(partial(self.stop_asked.emit, name))
        pane.restart_asked.connect(partial(self.restart_asked.emit, name))
        pane.maximise_asked.connect(partial(self.grid.maximise, name))
        self.listen(pane)
        pane.focus_came.connect(partial(self._focus_came, name))
        return pane

    def listen(self, frame: LogFrame) -> None:
        """Tell on what is clicked in a log, of one worker or of all, and what becomes of it."""
        frame.task_clicked.connect(self.task_clicked)
        frame.place_clicked.connect(self.place_clicked)
        frame.save_failed.connect(self._not_saved)
        frame.view.looked.connect(self.looked)

    def _placed(self) -> None:
        for name, pane in self._panes.items():
            pane.header.show_maximised(name == self.grid.maximised)

    def _focus_came(self, name: str) -> None:
        self._current = name
        self.focused.emit(name)

    def _not_saved(self, path: str, why: str) -> None:
        self.failed.emit(
            FleetError(
                f"the log could not be saved to {path}",
                why,
                "choose another folder, or make room there",
            )
        )

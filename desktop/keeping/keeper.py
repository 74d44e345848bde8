"""Brings a window back to how it was left, and keeps on record how it is.

Once a second what is seen is compared with what is on record. What is another, and has not changed
since the look before, is written; at the end everything is.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.errors import FleetError
from core.places import DEMO
from desktop.desk import Desk
from desktop.keeping import arrangement as arrangements
from desktop.keeping import habits as all_habits
from desktop.keeping.arrangement import Arrangement, read_arrangement
from desktop.keeping.files import file_of_all, file_of_project, read
from desktop.keeping.habits import Habits
from desktop.keeping.page import arrange, arrangement_of
from desktop.keeping.pen import Pen
from desktop.keeping.place import Place, areas, fitting, place_of
from desktop.logpane.manner import Manners
from desktop.run.page import RunPage
from desktop.theme.theme import Theme
from desktop.window import Window

LOOK_MS: Final = 1000
MAXIMISED: Final = Qt.WindowState.WindowMaximized


class Keeper(QObject):
    """`folder` is the user's state folder, `habits` what was read there at the start.

    `arranged` comes when the page of a project is as it was.
    """

    arranged = Signal()

    def __init__(
        self, window: Window, theme: Theme, desk: Desk, habits: Habits, folder: Path
    ) -> None:
        super().__init__(window)
        self.manners = Manners(habits.manner, self)
        self._window = window
        self._theme = theme
        self._desk = desk
        self._folder = folder
        self._habits = habits
        self._pen = Pen(desk.do)
        self._page: RunPage | None = None
        self._project = ""
        self._arrangement: Arrangement | None = None
        """That of the page, once it was brought into it."""
        self._joined: set[str] = set()
        self._seen: dict[Path, object] = {}
        self._written: dict[Path, object] = {file_of_all(folder): all_habits.as_fields(habits)}
        self._leaving = False
        if habits.place is not None:
            self._restore(habits.place)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        desk.hub.workers_changed.connect(self._join_panes)
        window.leaver.left.connect(self._leave)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    @property
    def habits(self) -> Habits:
        """What a person has chosen by now."""
        return replace(
            self._habits,
            theme=self._theme.choice,
            manner=self.manners.manner,
            place=self._place(),
        )

    def choose_editor(self, editor: str) -> None:
        """Have lines of files opened by this command, or by what is found where it is empty."""
        self._habits = replace(self._habits, editor=editor)

    def open_last(self) -> None:
        """Open the project that was open last, if there was one."""
        if self._habits.project:
            self._desk.do(self._open(self._habits.project))

    # --- The window ---

    def _restore(self, place: Place) -> None:
        self._window.setGeometry(fitting(place, areas()))
        if place.maximised:
            self._window.setWindowState(self._window.windowState() | MAXIMISED)

    def _place(self) -> Place:
        maximised = bool(self._window.windowState() & MAXIMISED)
        return place_of(self._window.normalGeometry(), maximised=maximised)

    # --- The project ---

    async def _open(self, folder: str) -> None:
        if not await asyncio.to_thread(Path(folder).is_dir):
            self._habits = replace(self._habits, project="")
            raise FleetError(
                f"the project {Path(folder).name} is gone",
                f"it was open last, and there is no folder {folder} any more",
                "choose it where it is now; Del takes it off the list of recent projects",
            )
        self._window.open_folder(folder)

    def _opened(self) -> None:
        session, page = self._desk.session, self._window.run
        assert session is not None
        assert page is not None
        self._page, self._arrangement = page, None
        self._joined.clear()
        self._project = session.project.name
        if session.project.root != DEMO:
            self._habits = replace(self._habits, project=str(session.project.root))
        self._desk.do(self._arrange(page, file_of_project(self._folder, self._project)))

    async def _arrange(self, page: RunPage, file: Path) -> None:
        fields, trouble = await asyncio.to_thread(read, file)
        if self._page is page:
            self._arrangement = read_arrangement(fields)
            self._window.choices.note(self._project, self._arrangement.at_close)
            arrange(page, self._arrangement)
            self.manners.join_size(page.logs.merged.view)
            self._join_panes()
            self.arranged.emit()
        if trouble is not None:
            raise trouble

    def _join_panes(self, names: object = None) -> None:
        """Show panes that are new as the others are shown, and filter them as before."""
        if self._page is None or self._arrangement is None:
            return
        for pane in self._page.logs.panes:
            if pane.name not in self._joined:
                self._joined.add(pane.name)
                self.manners.join(pane.view)
                chosen = self._arrangement.filters.get(pane.name)
                if chosen is not None:
                    pane.filter_by(chosen)

    def _closed(self) -> None:
        if self._page is not None and not self._leaving:
            self._write_all()
            self._habits = replace(self._habits, project="")
        self._page = self._arrangement = None

    # --- Writing ---

    def _look(self) -> None:
        seen = self._record()
        for file, fields in seen.items():
            if self._seen.get(file) == fields:
                self._write(file, fields)
        self._seen = seen

    def _leave(self) -> None:
        self._looking.stop()
        self._write_all()
        self._leaving = True

    def _write_all(self) -> None:
        for file, fields in self._record().items():
            self._write(file, fields)

    def _write(self, file: Path, fields: object) -> None:
        if self._written.get(file) != fields:
            self._written[file] = fields
            self._pen.write(file, fields)

    def _record(self) -> dict[Path, object]:
        record: dict[Path, object] = {file_of_all(self._folder): all_habits.as_fields(self.habits)}
        if self._page is not None and self._arrangement is not None:
            at_close = self._window.choices.of(self._project)
            before = replace(self._arrangement, at_close=at_close)
            self._arrangement = arrangement_of(self._page, before)
            file = file_of_project(self._folder, self._project)
            record[file] = arrangements.as_fields(self._arrangement)
        return record

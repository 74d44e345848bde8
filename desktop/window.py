"""The main window: the frame, the pages, and what connects them to the desk."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QSystemTrayIcon, QVBoxLayout, QWidget

from core.broker.address import read_address
from core.changes import BrokerKnown
from core.errors import FleetError
from core.frozen.own import OWN_PYTHON
from core.places import DEMO, DEMO_APP
from core.project.tree import absolute
from core.secret import Secret
from core.wishes import BUILTIN, Wishes
from desktop.actions import Actions
from desktop.commands.command import Command
from desktop.commands.palette import Palette
from desktop.commands.sheet import KeySheet
from desktop.debugging.debugger import Debugger
from desktop.deploy.entrance import Entrance
from desktop.desk import Desk
from desktop.flower.lead import FlowerLead
from desktop.leaving.choice import Choices
from desktop.leaving.leaver import Leaver
from desktop.leaving.standing import running
from desktop.notices.bell import Bell
from desktop.notices.notice import Notice
from desktop.run.log_commands import log_commands
from desktop.run.log_files import LogFiles
from desktop.run.page import RunPage
from desktop.send.send_commands import send_commands
from desktop.send.sender import Sender
from desktop.send.traceback_text import Source
from desktop.setup.bars import Bars
from desktop.setup.set_up import SetUp
from desktop.shell.error_cards import AGAIN, ErrorCards
from desktop.shell.frame import framed
from desktop.shell.gauges import Gauges
from desktop.shell.places import Places
from desktop.shell.rail import Entry, Rail
from desktop.shell.status_bar import CRASHED, StatusBar
from desktop.shell.top_bar import TopBar
from desktop.theme.theme import Choice, Theme
from desktop.tray.tray import Tray
from desktop.welcome.page import WelcomePage
from desktop.welcome.recents import Recents
from desktop.welcome.remembering import Remembering

PAGES: Final = (Entry("run", "Run", "Ctrl+1"), Entry("deploy", "Deploy", "Ctrl+4"))
DEMO_WORKERS: Final = 4
SIZE: Final = (1440, 900)
LEAST: Final = (1024, 640)


class Window(QMainWindow):
    """Closing it asks `leaver`, which says when the program is to end.

    `place_clicked` has a source file and a line of it that a person wants to see.
    """

    place_clicked = Signal(str, int)

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        recents: Recents,
        now: Callable[[], float],
        tray_is_there: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._now = now
        self._run: RunPage | None = None
        self.setWindowTitle("Solofleet")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.rail = Rail(theme, PAGES)
        self.top = TopBar(theme)
        self.status = StatusBar(theme)
        self.bell = Bell(theme, desk, self.status, self)
        self.tray = Tray(theme, desk, self.bell, self, tray_is_there)
        self.welcome = WelcomePage(theme)
        self.errors = ErrorCards(theme, desk, self)
        self._memory = Remembering(self.welcome, recents, self.errors.show, desk.do, self)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self.test_task = Sender(theme, desk, self)
        self._pages.addWidget(self.test_task.panel)
        self.debugger = Debugger(theme, desk, self)
        self.files = LogFiles(desk)
        self.deploy = Entrance(theme, desk, lambda: self._run and self._run.far, self)
        home, others = (lambda: self._run), (self.deploy.hall,)
        self.places = Places(self.rail, self._pages, home, others, self)
        self.flower = FlowerLead(theme, desk, self)
        self.choices = Choices()
        self.leaver = Leaver(theme, desk, self.choices, now, tray_is_there, self)
        self.set_up = SetUp(theme, desk, self._pages, lambda: self._run or self.welcome, self)
        self.bars = Bars(self.set_up, desk, self.rail, self.top, self.status, self)
        Gauges(desk, self.top, self.status, self.isVisible, self)
        self.errors.layout.addWidget(self.leaver.ladder)
        self._lay_out()
        self.deeds = Actions(desk, lambda: self._run)
        self.palette_box = Palette(theme, self.deeds.listed, self)
        self.key_sheet = KeySheet(theme, self.deeds.commands, self)
        self._connect()
        self._closed()

    @property
    def run(self) -> RunPage | None:
        """The Run page, where a project is open."""
        return self._run

    def open_demo(self) -> None:
        """Open the bundled project on the built-in broker, and start its workers."""
        wishes = Wishes(workers=DEMO_WORKERS, broker=Secret(BUILTIN))
        self._desk.open(str(DEMO), wishes, app=DEMO_APP, python=str(OWN_PYTHON), start=True)

    def open_folder(self, path: str) -> None:
        """Open a project; one that is not known yet is set up first."""
        session = self._desk.session
        if session is not None and session.project.root == absolute(Path(path)):
            self._show_run()  # its workers go on
        elif self._memory.knows(path):
            self._desk.open(path, Wishes())
        else:
            self.set_up.look(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It vanishes when what is open is closed, or into the tray."""
        event.ignore()
        self.leaver.close_asked()

    # --- How it is made ---

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.errors.layout)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(framed(self.rail, self.top, content, self.status))

    def _connect(self) -> None:
        desk, hub = self._desk, self._desk.hub
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        desk.failed.connect(self._failed)
        desk.beginning.connect(self.top.show_beginning)
        hub.broker_known.connect(self._broker_known)
        hub.workers_changed.connect(self._workers_changed)
        hub.tasks_changed.connect(self._tasks_changed)
        self.bell.panel.chosen.connect(self._show_notice)
        self.leaver.kept.connect(self.tray.keep)
        self.tray.left.connect(self.leaver.leave)
        self.welcome.demo.connect(self.open_demo)
        self.welcome.folder.connect(self.open_folder)
        self.top.scaled.connect(desk.scale)
        self.top.start_all.connect(desk.start)
        self.top.stop_all.connect(desk.stop)
        self.top.search.connect(self.palette_box.open)
        self.rail.flower.connect(self.flower.open)
        self.rail.keys.connect(self.key_sheet.toggle)
        self.deploy.place_asked.connect(self.places.show)
        self.deploy.place_clicked.connect(self.place_clicked)
        self.top.send.connect(self._send)
        self.test_task.asked.connect(self._show_sender)
        self.test_task.closed.connect(self._show_run)
        self.test_task.follow.connect(self._follow_task)
        self.test_task.source.connect(self._show_source)
        self.deeds.add(self._commands)
        self.leaver.left.connect(self.set_up.end)
        for part in (self.set_up, self.bell, self.flower, self.debugger, self.deploy, self.files):
            self.deeds.add(part.commands)
        self.deeds.add(
            partial(send_commands, self.test_task, lambda: desk.session, self._follow_task)
        )
        self.deeds.add(partial(log_commands, lambda: self._run and self._run.logs))
        self.deeds.install(self)

    def _commands(self) -> Iterable[Command]:
        """What is done with the window and the project as a whole."""
        desk, is_open, palette = self._desk, self.deeds.is_open, self.palette_box.open
        run, key = partial(self.places.show, 0), PAGES[0].key
        yield Command("Workers and their logs", run, "Window", key, "run", is_open, own_key=True)
        yield Command("Open a project…", self.welcome.choose, "Project", "Ctrl+O", "folder")
        yield Command("Try the demo", self.open_demo, "Project", "", "play")
        yield Command("Quit", self.close, "Window", "Ctrl+Q", "close")
        yield Command(AGAIN, desk.reopen, "Project", "", "restart", is_open)
        yield Command("Close the project", desk.close, "Project", "", "close", is_open)
        yield Command(
            "Search or run a command",
            palette,
            "Window",
            "Ctrl+K",
            also="Ctrl+Shift+P",
            listed=False,
        )
        yield Command("All keys", self.key_sheet.toggle, "Window", "F1", "keyboard")
        for choice in Choice:
            choose = partial(self._theme.choose, choice)
            yield Command(f"Theme: {choice}", choose, "Window", "", "theme")

    # --- What happens ---

    def _opened(self) -> None:
        session = self._desk.session
        assert session is not None
        self._run = RunPage(self._theme, self._desk, session, self._now)
        self._run.logs.panes.place_clicked.connect(self.place_clicked)
        for offer in (self.files.offer, self.debugger.offer):
            self._run.logs.panes.menu_made.connect(offer)
        self._pages.addWidget(self._run)
        self._pages.setCurrentWidget(self._run)
        self._run.setFocus()
        self.bars.fit()
        self.top.show_project(session.project.root.name)
        self.setWindowTitle(f"{session.project.root.name} – Solofleet")
        self._memory.note(session.project, len(session.supervisor.workers))
        self._workers_changed(None)
        self._tasks_changed({})

    def _closed(self) -> None:
        if self.leaver.is_leaving:
            return
        if self._run is not None:
            self._pages.removeWidget(self._run)
            self._run.deleteLater()
            self._run = None
        self._memory.show()
        self._pages.setCurrentWidget(self.set_up.page if self.set_up.active else self.welcome)
        self.top.show_broker(None, local=True)
        self.rail.buttons[0].show_trouble(0)
        self.bars.fit()
        self.setWindowTitle("Solofleet")

    def _broker_known(self, broker: BrokerKnown) -> None:
        self.top.show_broker(broker, local=read_address(Secret(broker.url)).local)

    def _workers_changed(self, names: object) -> None:
        session = self._desk.session
        if session is None:
            return
        workers, gone = session.supervisor.workers, session.failure is not None
        self.top.show_fleet(len(workers), running=bool(running(session.company.everybody())))
        self.status.show_workers(workers, session.company.rows, broker_gone=gone)
        crashed = sum(each.phase in CRASHED for each in session.company.everybody())
        self.rail.buttons[0].show_trouble(crashed + gone)
        if gone:
            self.top.show_broker_gone()

    def _failed(self, _error: FleetError) -> None:
        self._workers_changed(None)

    def _tasks_changed(self, moved: object) -> None:
        if self._desk.session is not None:
            self.status.show_tasks(self._desk.session.ledger.counts.totals())

    # --- Other pages ---

    def _send(self) -> None:
        if self._run is not None:
            self.test_task.open()

    def _show_sender(self) -> None:
        self._pages.setCurrentWidget(self.test_task.panel)

    def _show_run(self) -> None:
        if self._run is not None:
            self._pages.setCurrentWidget(self._run)

    def _show_source(self, source: Source) -> None:
        self.place_clicked.emit(source.file, source.line)

    def _show_notice(self, notice: Notice) -> None:
        self._show_run()
        if self._run is not None and notice.task is not None:
            self._run.follow_task(notice.task)
        elif self._run is not None and notice.who is not None:
            self._run.show_line(notice.who, notice.line)

    def _follow_task(self, task_id: str) -> None:
        self._show_run()
        if self._run is not None:
            self._run.follow_task(task_id)

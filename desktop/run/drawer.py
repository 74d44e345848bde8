"""What is known of one worker: how it stands, how it is started, what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.project.env_files import EnvValue
from core.tasks.task import Task
from core.workers.phase import Phase
from desktop.run.command_page import MARGINS, CommandPage
from desktop.run.history import Event
from desktop.run.worker_rows import WorkerRow
from desktop.send.durations import measured
from desktop.theme.looks import TASK
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.elided import Elided
from desktop.widgets.labels import label
from desktop.widgets.mark import Mark
from desktop.widgets.scrolled import scrolled
from desktop.widgets.tile import Tile

TABS: Final = ("Overview", "Command", "Environment", "Restarts", "Tasks")
SHORT: Final = {"Environment": "Env"}
ROOMY: Final = 400  # px in which all tabs stand under their full names
MASK: Final = "•" * 8
RECENT: Final = 6


@dataclass(frozen=True, slots=True)
class About:
    """All that the drawer shows of one worker. `facts` are name and words, in order."""

    row: WorkerRow
    facts: tuple[tuple[str, str], ...]
    command: tuple[str, ...]
    workdir: str
    env: tuple[EnvValue, ...]
    events: tuple[Event, ...]
    tasks: tuple[Task, ...]


class Drawer(QFrame):
    """`closed`, `force`, `restart` are clicks; `task` has the id of one that was pressed."""

    closed = Signal()
    force = Signal(str)
    restart = Signal(str)
    task = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._about: About | None = None
        self._headed: object = None
        self.setProperty("role", "card")
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 12, 12, 4)
        self._head.setSpacing(10)
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._command = CommandPage(theme)
        self._facts, self._env, self._events, self._tasks = (_Rebuilt() for _ in range(4))
        self._pages = QStackedWidget()
        command = scrolled(self._command, by_keys=True)
        pages = (self._facts, command, self._env, self._events, self._tasks)
        self._tabs.setAccessibleName("Details")
        for name, page in zip(TABS, pages, strict=True):
            self._tabs.addTab(name)
            page.setAccessibleName(name)
            self._pages.addWidget(page)
        self._tabs.currentChanged.connect(self._pages.setCurrentIndex)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 0, 0, 0)
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        line = QFrame()
        line.setProperty("role", "line")
        self._force = TextButton(
            theme, "Force now", self._force_pressed, icon_name="force", role="danger", compact=True
        )
        self._again = TextButton(
            theme, "Restart", self._restart_pressed, icon_name="restart", compact=True
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._force)
        foot.addWidget(self._again)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addLayout(tabs)
        column.addWidget(line)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every tab can be reached in the narrowest place, too."""
        super().resizeEvent(event)
        narrow = self.width() < ROOMY
        if narrow == bool(self._tabs.property("narrow")):
            return
        self._tabs.setProperty("narrow", narrow)
        self._tabs.style().unpolish(self._tabs)  # the sheet depends on it
        self._tabs.style().polish(self._tabs)
        for place, name in enumerate(TABS):
            self._tabs.setTabText(place, SHORT.get(name, name) if narrow else name)

    @property
    def tab(self) -> str:
        """The name of the tab that is shown."""
        return TABS[self._tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show another tab."""
        self._tabs.setCurrentIndex(TABS.index(name))

    def show_about(self, about: About) -> None:
        """Show this worker; the same one anew when something of it has changed."""
        if about != self._about:
            self._about = about
            self._draw(about)

    # --- Its parts ---

    def _draw(self, about: About) -> None:
        self._draw_head(about)
        where = f"In {about.workdir}, with the variables of the next tab."
        self._command.show_command(about.command, where)
        recent = about.tasks[:RECENT]
        self._facts.show_content((about.facts, recent), lambda: self._overview(about.facts, recent))
        self._env.show_content(about.env, lambda: _environment(about.env))
        self._events.show_content(about.events, lambda: _restarts(about.events))
        self._tasks.show_content(about.tasks, lambda: self._task_list(about.tasks))
        self._force.setVisible(about.row.worker.phase is Phase.STOPPING)
        self._again.setVisible(about.row.worker.alive)

    def _draw_head(self, about: About) -> None:
        pid = about.row.worker.pid
        more = about.row.worker.name + (f", pid {pid}" if pid else "")
        head = (about.row.number, about.row.letter, about.row.name, more)
        if head == self._headed:
            return
        self._headed = head
        while item := self._head.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._head.addWidget(Tile(self._theme, about.row.number, about.row.letter))
        self._head.addWidget(label(about.row.name, "card-title"))
        self._head.addWidget(label(more, "dim"))
        self._head.addStretch(1)
        self._head.addWidget(label("F4", "dim"))
        close = IconButton(self._theme, "close", "Close the details", self.closed.emit, key="F4")
        self._head.addWidget(close)

    def _overview(self, facts: Sequence[tuple[str, str]], tasks: Sequence[Task]) -> QWidget:
        page, column = _page()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, words in facts:
            left = label(name, "text2")
            left.setMinimumWidth(80)
            form.addRow(left, label(words, wrap=True))
        column.addLayout(form)
        if tasks:
            column.addSpacing(4)
            column.addWidget(label("Last tasks", "section"))
        for task in tasks:
            column.addWidget(self._task_line(task))
        column.addStretch(1)
        return page

    def _task_list(self, tasks: Sequence[Task]) -> QWidget:
        page, column = _page()
        for task in tasks:
            column.addWidget(self._task_line(task))
        if not tasks:
            column.addWidget(label("It has run no task yet.", "dim"))
        column.addStretch(1)
        return page

    def _task_line(self, task: Task) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        name = Elided(task.name)
        name.setFont(mono_font())
        ran = label("" if task.runtime_s is None else measured(task.runtime_s), "text2")
        ran.setMinimumWidth(52)  # so that what stands before it is in a column
        ran.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        link = TextButton(self._theme, task.id[:8], lambda: self.task.emit(task.id), role="link")
        link.setFont(mono_font())
        link.setAccessibleName(f"Task {task.id}")
        row.addWidget(Mark(self._theme, TASK[task.state]))
        row.addWidget(name, 1)
        row.addWidget(link)
        row.addWidget(ran)
        return line

    def _force_pressed(self) -> None:
        self._tell(self.force.emit)

    def _restart_pressed(self) -> None:
        self._tell(self.restart.emit)

    def _tell(self, emit: Callable[[str], object]) -> None:
        if self._about is not None:
            emit(self._about.row.worker.name)


class _Rebuilt(QScrollArea):
    """A page that is made anew when what it shows is another thing, once somebody sees it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._make: Callable[[], QWidget] | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_content(self, shown: object, make: Callable[[], QWidget]) -> None:
        """Show what `make` makes of it."""
        if shown != self._shown:
            self._shown = shown
            self._make = make
            if self.isVisible():
                self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self._rebuild()

    def _rebuild(self) -> None:
        if self._make is not None:
            self.setWidget(self._make())
            self._make = None


def _environment(env: Sequence[EnvValue]) -> QWidget:
    rows = [(value.name, MASK, value.source) for value in env]
    return _table(rows, "The project sets no variables of its own.", mono=(0, 1))


def _restarts(events: Sequence[Event]) -> QWidget:
    rows = [
        (f"{datetime.fromtimestamp(event.at):%H:%M:%S}", event.phase.value, event.text)
        for event in events
    ]
    return _table(rows, "It has not been started yet.", mono=(0,))


def _table(rows: Sequence[tuple[str, ...]], empty: str, mono: Sequence[int]) -> QWidget:
    page, column = _page()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    for number, words in enumerate(rows):
        for place, text in enumerate(words):
            shown = label(text, "text2", wrap=place == 2) if place else Elided(text)
            if place in mono:
                shown.setFont(mono_font())
            grid.addWidget(shown, number, place, Qt.AlignmentFlag.AlignTop)
    column.addLayout(grid)
    if not rows:
        column.addWidget(label(empty, "dim", wrap=True))
    column.addStretch(1)
    return page


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(*MARGINS)
    column.setSpacing(8)
    return page, column

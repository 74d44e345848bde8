"""Everything that can be done in the window: one list for the palette, the keys and their help.

A part of the window that can do something gives its commands as a source; the Run page's are here.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.leaving.standing import running
from desktop.run.page import RunPage

Source = Callable[[], Iterable[Command]]
PANES: Final = 8
"""So many panes have a key of their own."""


class Actions:
    """`page` gives the Run page, None where no project is open."""

    def __init__(self, desk: Desk, page: Callable[[], RunPage | None]) -> None:
        self._desk = desk
        self._page = page
        self._sources: list[Source] = [self._fleet, self._current, self._each_worker]
        self._window: QWidget | None = None
        self._heard: set[str] = set()

    def add(self, source: Source) -> None:
        """Have the commands of another part as well; it is asked each time."""
        self._sources.append(source)
        self._hear()

    def commands(self) -> list[Command]:
        """All of them, those included that are not possible now."""
        return [command for source in self._sources for command in source()]

    def listed(self) -> list[Command]:
        """Those of the palette."""
        return [command for command in self.commands() if command.listed]

    def install(self, window: QWidget) -> None:
        """Let the window hear the keys, those of sources that come later too."""
        self._window = window
        self._hear()

    def press(self, key: str) -> None:
        """Run the first command of this key that is possible."""
        for command in self.commands():
            if key in (command.key, command.also) and not command.own_key and command.possible():
                command.run()
                return

    def _hear(self) -> None:
        if self._window is None:
            return
        wired = [command for command in self.commands() if not command.own_key]
        for command, key in ((each, key) for each in wired for key in (each.key, each.also) if key):
            if key not in self._heard:
                self._heard.add(key)
                shortcut = QShortcut(QKeySequence(key), self._window, partial(self.press, key))
                shortcut.setAutoRepeat(command.repeats)

    def is_open(self) -> bool:
        """Whether a project is."""
        return self._desk.session is not None

    # --- Workers ---

    def _fleet(self) -> Iterable[Command]:
        desk = self._desk
        return (
            Command("Start all workers", desk.start, "Workers", "Ctrl+F5", "play", self._rests),
            Command("Stop all workers", desk.stop, "Workers", "Ctrl+F5", "stop", self._runs),
            Command("Restart all workers", desk.restart, "Workers", "", "restart", self.is_open),
        )

    def _current(self) -> Iterable[Command]:
        def on_page(deed: Callable[[RunPage], object]) -> Callable[[], None]:
            return partial(self._on_page, deed)

        is_open = self.is_open
        toggle, restart = on_page(RunPage.toggle_current), on_page(RunPage.restart_current)
        drawer = on_page(RunPage.toggle_drawer)
        yield Command("Start or stop the worker", toggle, "Workers", "F5", "play", is_open)
        yield Command("Restart the worker", restart, "Workers", "Shift+F5", "restart", is_open)
        yield Command("Details of the worker", drawer, "Workers", "F4", "more", is_open)
        watch = on_page(_watch_others)
        yield Command("Watch workers of others", watch, "Workers", "", "shared", self._deaf)
        for number in range(1, PANES + 1):
            focus = on_page(partial(_focus_pane, number))
            key = f"Alt+{number}"
            yield Command(f"Go to pane {number}", focus, "Logs", key, "", is_open, listed=False)

    def _each_worker(self) -> Iterable[Command]:
        session = self._desk.session
        for worker in () if session is None else session.supervisor.workers:
            name = worker.name.partition("@")[0]
            restart = partial(self._desk.restart, worker.name)
            stop = partial(self._desk.stop, worker.name)
            yield Command(f"Restart {name}", restart, "Workers", "", "restart")
            if running((worker,)):
                yield Command(f"Stop {name}", stop, "Workers", "", "stop")

    def _on_page(self, deed: Callable[[RunPage], object]) -> None:
        page = self._page()
        if page is not None:
            deed(page)

    def _deaf(self) -> bool:
        page = self._page()
        return page is not None and not page.others.watched

    def _rests(self) -> bool:
        session = self._desk.session
        return session is not None and not running(session.company.everybody())

    def _runs(self) -> bool:
        return self.is_open() and not self._rests()


def _watch_others(page: RunPage) -> None:
    page.others.decide(True)


def _focus_pane(number: int, page: RunPage) -> None:
    page.focus_pane(number)

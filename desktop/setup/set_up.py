"""The set-up of one project: its choices, the trial that goes with them, and the start."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.errors import FleetError
from core.project.tree import absolute
from core.setup.choices import Choices, keep_choices, kept_choices
from core.setup.trial import Trial
from core.setup.trying import resized, try_out
from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.setup.page import SetUpPage
from desktop.theme.theme import Theme


class SetUp(QObject):
    """Shows its page among `pages`, and what `back` gives when it is left.

    `active` is whether the page is what a person sees, also while the project is being opened, and
    `opening` whether it is: there is nothing to start then. A change of choices ends the trial that
    runs and begins another. `changed` comes when it begins or ends to be active or to open, and
    with each step of a trial.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        pages: QStackedWidget,
        back: Callable[[], QWidget],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pages = pages
        self._back = back
        self._path = Path()
        self._choices = Choices()
        self._job: asyncio.Task[None] | None = None
        self.trial = Trial(self._path)
        self.active = False
        self.opening = False
        self.page = SetUpPage(theme)
        self.page.chosen.connect(self.choose)
        self.page.folder.connect(self.look)
        self.page.again.connect(self._try)
        self.page.start.connect(self.start)
        self.page.closed.connect(self.leave)
        pages.addWidget(self.page)
        desk.unfit.connect(self.look)
        desk.opening.connect(partial(self._show_opening, True))
        desk.opened.connect(self._opened)
        desk.closed.connect(partial(self._show_opening, False))

    @property
    def idle(self) -> bool:
        """Whether nothing is tried, kept or opened."""
        return self._job is None or self._job.done()

    def look(self, path: str) -> None:
        """Look at another folder, with what was chosen for it before."""
        self._path = absolute(Path(path))
        self._choices = Choices()
        self.active, self.opening = True, False
        self.trial = Trial(self._path)
        self._begin(self._look())
        self._pages.setCurrentWidget(self.page)
        self.changed.emit()
        self.page.setFocus()

    def commands(self) -> Iterable[Command]:
        """What can be done about it from anywhere."""
        yield Command("Change set-up", self._change, "Project", "", "settings", self._is_open)

    def _is_open(self) -> bool:
        return self._desk.session is not None

    def _change(self) -> None:
        if self._desk.session is not None:
            self.look(str(self._desk.session.project.root))

    def choose(self, choices: Choices) -> None:
        """Take other choices."""
        others_stay = replace(choices, workers=self._choices.workers) == self._choices
        self._choices = choices
        known = self.trial.over and self.trial.project is not None
        if others_stay and known and choices.workers is not None:
            self._show(resized(self.trial, choices.workers, self._desk.environ))
        else:
            self._try()

    def scale(self, count: int) -> None:
        """Choose another number of workers."""
        self.choose(replace(self._choices, workers=count))

    def start(self) -> None:
        """Keep the choices, open the project and start its workers."""
        if self.trial.ready and not self.opening:
            self._begin(self._start(self.trial))
            self._show_opening(True)

    def leave(self) -> None:
        """Try nothing any more, and show something else."""
        self.end()
        self.active = False
        self._pages.setCurrentWidget(self._back())
        self.changed.emit()

    def end(self) -> None:
        """Try nothing any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _try(self) -> None:
        self._begin(self._run())

    async def _look(self) -> None:
        with suppress(FleetError):  # the trial reads the same file, and says what is wrong with it
            self._choices = await asyncio.to_thread(kept_choices, self._path)
        await self._run()

    async def _run(self) -> None:
        await try_out(self._path, self._choices, self._desk.environ, self._show)

    async def _start(self, trial: Trial) -> None:
        assert trial.project is not None, "it was tried"
        trouble: FleetError | None = None
        try:
            await asyncio.to_thread(keep_choices, trial.project.root, self._choices)
        except FleetError as error:
            trouble = error
        self._desk.open_project(trial.project, start=True)
        if trouble is not None:
            raise trouble

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.end()
        self._job = self._desk.do(work)

    def _show(self, trial: Trial) -> None:
        self.trial = trial
        self.page.show_trial(trial, self._choices)
        self.changed.emit()

    def _show_opening(self, on: bool) -> None:
        if self.active and on != self.opening:
            self.opening = on
            self.page.show_trial(self.trial, self._choices, opening=on)
            self.changed.emit()

    def _opened(self) -> None:
        self.end()
        self.active = self.opening = False
        self.changed.emit()

"""The rail and the bars around the pages, and what they say while a project is set up."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.setup.set_up import SetUp
from desktop.setup.words import passed
from desktop.shell.status_bar import StatusBar
from desktop.shell.top_bar import TopBar


class Bars(QObject):
    """They are seen where a project is open, which fills them, or is set up.

    In a set-up the workers are counted and started from the bar as they are on the page.
    """

    def __init__(
        self,
        set_up: SetUp,
        desk: Desk,
        rail: QWidget,
        top: TopBar,
        status: StatusBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._set_up = set_up
        self._desk = desk
        self._rail = rail
        self._top = top
        self._status = status
        set_up.changed.connect(self.fit)
        top.scaled.connect(self._scaled)
        top.start_all.connect(self._start)

    def fit(self) -> None:
        """Show them, or not, and what they say."""
        is_open = self._desk.session is not None
        for part in (self._rail, self._top, self._status):
            part.setVisible(is_open or self._set_up.active)
        if is_open:
            self._top.allow(start=True, send=True)
        elif self._alone:
            self._show_trial()

    def _show_trial(self) -> None:
        trial = self._set_up.trial
        self._top.show_project(trial.path.name or str(trial.path))
        self._top.show_broker(trial.broker, local=trial.local)
        count = trial.count or self._set_up.page.fleet.workers.value
        self._top.show_fleet(count, running=False)
        self._top.allow(start=trial.ready and not self._set_up.opening, send=False)
        self._status.show_checks(*passed(trial))

    def _scaled(self, count: int) -> None:
        if self._alone:
            self._set_up.scale(count)

    def _start(self) -> None:
        if self._alone:
            self._set_up.start()

    @property
    def _alone(self) -> bool:
        """Whether no project is open behind the set-up."""
        return self._desk.session is None and self._set_up.active

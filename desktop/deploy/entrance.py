"""The way to the Deploy page, which is made when somebody first goes there.

The page and what it shows take as long to import and to make as a third of the window.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.run.far_logs import FarLogs
from desktop.theme.theme import Theme

if TYPE_CHECKING:
    from desktop.deploy.deployer import Deployer

KEY = "Ctrl+4"
RUN = 0
PLACE = 1
"""Of the Run page, and of this one, in the rail."""


class Hall(QWidget):
    """Where the page will be; `entered` comes whenever it is shown."""

    entered = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        """Say so."""
        super().showEvent(event)
        self.entered.emit()


class Entrance(QObject):
    """`place_asked` has the page of the rail that is to be seen; `place_clicked` has a file and
    a line of it. `logs` gives where the logs of Render are shown.
    """

    place_asked = Signal(int)
    place_clicked = Signal(str, int)

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        logs: Callable[[], FarLogs | None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._logs = logs
        self._deployer: Deployer | None = None
        self.hall = Hall()
        column = QVBoxLayout(self.hall)
        column.setContentsMargins(0, 0, 0, 0)
        self.hall.entered.connect(self._enter)

    @property
    def deployer(self) -> "Deployer":
        """What is behind the page; made now if it was not yet."""
        if self._deployer is None:
            from desktop.deploy.deployer import Deployer  # noqa: PLC0415 - see above

            self._deployer = Deployer(self._theme, self._desk, self._logs, self)
            self._deployer.place_clicked.connect(self.place_clicked)
            self._deployer.render.run_asked.connect(partial(self.place_asked.emit, RUN))
            self._deployer.render.page_asked.connect(self.show)
            column = self.hall.layout()
            assert column is not None
            column.addWidget(self._deployer.page)
        return self._deployer

    def commands(self) -> Iterable[Command]:
        """What can be done about it from anywhere."""
        see, look = self.show, self._look
        is_open = self._is_open
        yield Command("Deploy to Render", see, "Render", KEY, "deploy", is_open, own_key=True)
        yield Command("Check for Render again", look, "Render", "", "restart", is_open)
        turn = self._turn_logs
        yield Command("Logs of Render beside the local ones", turn, "Render", "", "run", is_open)

    def show(self) -> None:
        """Have the page seen."""
        self.place_asked.emit(PLACE)

    def _is_open(self) -> bool:
        return self._desk.session is not None

    def _look(self) -> None:
        self.deployer.look()

    def _turn_logs(self) -> None:
        self.deployer.render.turn_logs()

    def _enter(self) -> None:
        self.deployer.page.show()

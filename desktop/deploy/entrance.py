"""The way to the Deploy page, which is made when somebody first goes there.

The page and what it shows take as long to import and to make as a third of the window.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.theme.theme import Theme

if TYPE_CHECKING:
    from desktop.deploy.deployer import Deployer

KEY = "Ctrl+4"


class Hall(QWidget):
    """Where the page will be; `entered` comes whenever it is shown."""

    entered = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        """Say so."""
        super().showEvent(event)
        self.entered.emit()


class Entrance(QObject):
    """`asked` is a wish to see the page; `place_clicked` has a file and a line of it."""

    asked = Signal()
    place_clicked = Signal(str, int)

    def __init__(self, theme: Theme, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
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

            self._deployer = Deployer(self._theme, self._desk, self)
            self._deployer.place_clicked.connect(self.place_clicked)
            column = self.hall.layout()
            assert column is not None
            column.addWidget(self._deployer.page)
        return self._deployer

    def commands(self) -> Iterable[Command]:
        """What can be done about it from anywhere."""
        see, look = self.asked.emit, self._look
        is_open = self._is_open
        yield Command("Deploy to Render", see, "Render", KEY, "deploy", is_open, own_key=True)
        yield Command("Check for Render again", look, "Render", "", "restart", is_open)

    def _is_open(self) -> bool:
        return self._desk.session is not None

    def _look(self) -> None:
        self.deployer.look()

    def _enter(self) -> None:
        self.deployer.page.show()

"""Lets others in where the project is open, and shows the way where it is open elsewhere."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import FleetError
from core.workers.leftovers import AlreadyOpen
from desktop.desk import Desk
from desktop.instance.bell import Bell
from desktop.instance.front import bring_to_front
from desktop.instance.ring import Ring, has_bell
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.window import Window


class Doorman(QObject):
    """At one window."""

    def __init__(self, window: Window, theme: Theme, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._desk = desk
        self._bell = Bell(self)
        self._bell.rung.connect(partial(bring_to_front, window))
        desk.opened.connect(self._opened)
        desk.closed.connect(self._bell.take_down)
        window.errors.remedies = self.remedies

    def remedies(self, error: FleetError) -> Sequence[QWidget]:
        """The buttons that help with an error."""
        if not isinstance(error, AlreadyOpen) or not has_bell(error.project):
            return ()
        show = partial(self._ring, error)
        return (TextButton(self._theme, "Show its window", show, icon_name="external"),)

    def _opened(self) -> None:
        assert self._desk.session is not None
        self._bell.hang(self._desk.session.project.name)

    def _ring(self, error: AlreadyOpen) -> None:
        ring = Ring(error.project, self)
        ring.answered.connect(partial(self._answered, error))
        ring.answered.connect(ring.deleteLater)
        ring.start()

    def _answered(self, error: AlreadyOpen, shown: bool) -> None:
        if not shown:
            self._window.errors.show(
                FleetError(
                    "the other window does not answer", error.why, "end it, or open another project"
                )
            )

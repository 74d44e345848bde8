"""Keeps rail and pages together: a click shows a page, the one that is seen is marked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.shell.rail import Rail


class Places(QObject):
    """`home` gives the first page, None where no project is open; `others` follow it in the rail.

    Whatever is no page of the rail belongs to the first one.
    """

    def __init__(
        self,
        rail: Rail,
        pages: QStackedWidget,
        home: Callable[[], QWidget | None],
        others: Sequence[QWidget],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rail = rail
        self._pages = pages
        self._home = home
        self._others = tuple(others)
        for page in self._others:
            pages.addWidget(page)
        rail.page.connect(self.show)
        pages.currentChanged.connect(self._mark)

    def show(self, number: int) -> None:
        """Show the page of this place in the rail, from 0."""
        home = self._home()
        if home is not None:
            self._pages.setCurrentWidget(self._others[number - 1] if number else home)
        else:
            self._mark(self._pages.currentIndex())

    def _mark(self, place: int) -> None:
        page = self._pages.widget(place)
        number = self._others.index(page) + 1 if page in self._others else 0
        self._rail.buttons[number].setChecked(True)

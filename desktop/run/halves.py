"""The halves of the Run page: the workers at the left, their logs at the right.

In a window that is wide enough the details of a worker stand beside both, else below the table, so
that logs keep their width; where it is scarce, the logs may have all of it.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.run.logs import Logs
from desktop.theme import tokens as sizes

LEFT_WIDTH: Final = 448
LEFT_LEAST: Final = 340
LOGS_LEAST: Final = 572
"""Pixels in which the bar over the logs has room."""
TABLE_HEIGHT: Final = 38 + 5 * sizes.WORKER_ROW
DETAILS_HEIGHT: Final = 300
ROOMY: Final = 1680 - sizes.RAIL
"""Pixels from which on all fits beside each other."""
_HANDLE: Final = 8


class Halves(QSplitter):
    """`head` stands over the table; `left` holds the table, and the drawer below it."""

    def __init__(
        self,
        head: QHBoxLayout,
        table: QWidget,
        drawer: QWidget,
        logs: Logs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._drawer = drawer
        drawer.installEventFilter(self)
        self._right = _below_the_bar()
        self._logs = logs
        self.left = _splitter(QSplitter(Qt.Orientation.Vertical))
        self.left.addWidget(_card(table))
        self.left.addWidget(drawer)
        self.left.setStretchFactor(1, 1)
        self.left.setSizes([TABLE_HEIGHT, DETAILS_HEIGHT])
        self._left = _column(head, self.left)
        self._left.setMinimumWidth(LEFT_LEAST)
        _splitter(self)
        self.addWidget(self._left)
        self.addWidget(logs)
        self.setStretchFactor(1, 1)
        self._wanted = LEFT_WIDTH
        self.setSizes([LEFT_WIDTH, 900])
        self.splitterMoved.connect(self._moved)
        logs.wide_changed.connect(self._make_room)

    def setSizes(self, sizes: Sequence[int]) -> None:
        """Give the parts these widths; that of the left one comes back where it had to give way."""
        self._wanted = sizes[0]
        super().setSizes(sizes)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The widths as a person wants them, though the left one may have to give way now."""
        return (self._wanted, *self.sizes()[1:])

    def _moved(self) -> None:
        self._wanted = self.sizes()[0]

    def show_details(self, shown: bool) -> None:
        """Show the details of a worker, with the table where that is not seen, or no more."""
        self._drawer.setVisible(shown)
        if shown:
            self._left.show()

    @property
    def shows_details(self) -> bool:
        """Whether the details can be seen."""
        return self._drawer.isVisibleTo(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for all, or for logs alone."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        if roomy == (self.indexOf(self._right) < 0):
            self._move_drawer(roomy)
        self._give_way()
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """A part has come or gone, and has its place by now."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._give_way()
        return done

    def _give_way(self) -> None:
        """The logs get all that neither side takes; one that is hidden takes nothing."""
        left, _, *others = now = self.sizes()
        fitting = max(LEFT_LEAST, min(self._wanted, self.width() - LOGS_LEAST - _HANDLE))
        sides = [fitting if left else 0, *(sizes.DRAWER if each else 0 for each in others)]
        wanted = [sides[0], sum(now) - sum(sides), *sides[1:]]
        if wanted != now:
            super().setSizes(wanted)

    def _move_drawer(self, beside: bool) -> None:
        shown = not self._drawer.isHidden()
        if beside:
            place = self._right.layout()
            assert place is not None
            place.addWidget(self._drawer)
            self.addWidget(self._right)
        else:
            self._right.setParent(None)
            self.left.addWidget(self._drawer)
            self.left.setSizes([TABLE_HEIGHT, DETAILS_HEIGHT])
        self._drawer.setVisible(shown)
        self._right.setVisible(beside and shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the details are not seen, nothing is left of their place."""
        turns = event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
        if turns and self.indexOf(self._right) >= 0:
            self._right.setVisible(event.type() is QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)

    def _make_room(self) -> None:
        self._left.setVisible(not self._logs.wants_width or self.width() >= ROOMY)


def _splitter(made: QSplitter) -> QSplitter:
    made.setChildrenCollapsible(False)
    made.setHandleWidth(_HANDLE)
    return made


def _below_the_bar() -> QWidget:
    """A place for the details, in line with the cards beside it."""
    place = QWidget()
    place.setFixedWidth(sizes.DRAWER)
    column = QVBoxLayout(place)
    column.setContentsMargins(0, sizes.TOOLBAR, 0, 0)
    return place


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(1, 1, 1, 1)
    inner.addWidget(widget)
    return card


def _column(head: QHBoxLayout, body: QWidget) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    bar = QWidget()
    bar.setFixedHeight(sizes.TOOLBAR)
    bar.setLayout(head)
    column.addWidget(bar)
    column.addWidget(body, 1)
    return side

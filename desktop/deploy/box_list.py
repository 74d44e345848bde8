"""The boxes below each other, each section with a heading."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.render.checklist.evidence import State
from core.render.checklist.ticking import Ticked
from desktop.deploy.box_row import BoxRow
from desktop.deploy.sections import group_head
from desktop.theme.theme import Theme
from desktop.widgets.slices import Slices


class BoxList(QWidget):
    """Rows of boxes that stand as before are kept as they are. Signals are those of the rows."""

    place_clicked = Signal(str, int)
    asked = Signal(object, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: tuple[Ticked, ...] = ()
        self._told = ""
        self._hidden: frozenset[State] = frozenset()
        self.rows: dict[str, BoxRow] = {}
        self._headings: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._slices = Slices(self._make, self)

    @property
    def complete(self) -> bool:
        """Whether all rows are made."""
        return self._slices.over

    def show_boxes(self, boxes: Sequence[Ticked], told: str = "") -> None:
        """Show these, in their order; `told`: what helps, where that is said above them."""
        if told != self._told:
            self.show_boxes((), self._told)  # other words in many rows
            self._told = told
        self._boxes = tuple(boxes)
        for gone in self.rows.keys() - {each.box.id for each in boxes}:
            self._drop(self.rows.pop(gone))
        self._make()

    def hide_states(self, hidden: Collection[State]) -> None:
        """Show all but these."""
        self._hidden = frozenset(hidden)
        self._show()

    def _make(self) -> None:
        self._slices.take(self._put_all())
        self._show()

    def _put_all(self) -> Iterator[None]:
        """Have all rows in their places, and yield after each that had to be made."""
        place = 0
        for section, boxes in groupby(self._boxes, key=lambda each: each.box.section):
            if section not in self._headings:
                self._headings[section] = group_head(section)
                self._column.insertWidget(place, self._headings[section])
            place += 1
            for each in boxes:
                if self._put(place, each):
                    yield
                place += 1

    def _put(self, place: int, ticked: Ticked) -> bool:
        """Have its row there; whether it had to be made."""
        old = self.rows.get(ticked.box.id)
        if old is not None and old.ticked == ticked:
            return False
        row = self.rows[ticked.box.id] = BoxRow(self._theme, ticked, self._told)
        row.place_clicked.connect(self.place_clicked)
        row.asked.connect(self.asked)
        self._column.insertWidget(place, row)
        if old is not None:
            if old.tick is not None and old.tick.hasFocus() and row.tick is not None:
                row.tick.setFocus()
            self._drop(old)
        return True

    def _drop(self, row: BoxRow) -> None:
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()

    def _show(self) -> None:
        for row in self.rows.values():
            row.setVisible(row.ticked.state not in self._hidden)
        shown = {row.ticked.box.section for row in self.rows.values() if not row.isHidden()}
        for section, heading in self._headings.items():
            heading.setVisible(section in shown)

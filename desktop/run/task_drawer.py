"""The life of one task, at the right of its lines."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.run.life_line import LifeLine
from desktop.run.task_life import Life
from desktop.theme import tokens as sizes
from desktop.theme.looks import TASK
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.elided import Elided
from desktop.widgets.labels import label
from desktop.widgets.pill import Pill
from desktop.widgets.scrolled import scrolled
from desktop.widgets.tile import Tile

ONLY: Final = "Only these lines"
AMONG: Final = "Among all lines"
MOST: Final = 6
"""Workers that are named."""
ID_LENGTH: Final = 23
"""Characters of an id that have room beside the state; copying gives all of it."""
UNKNOWN: Final = (
    "Nothing is known of this task but its lines: a worker of others had it, or it is long over."
)


class TaskDrawer(QFrame):
    """`number` gives the number of a worker, 0 for one that has none.

    `only` says whether the task's lines are to be seen alone, `closed` that it is left.
    """

    closed = Signal()
    only = Signal(bool)

    def __init__(
        self, theme: Theme, number: Callable[[str], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._id = ""
        self._life: Life | None = None
        self.setProperty("role", "card")
        self.setFixedWidth(sizes.DRAWER)
        self._name = _code(label("", "card-title"))
        self._shown_id = _code(label("", "text2"))
        self._pill = Pill(theme, TASK["sent"])
        self._facts = QVBoxLayout()
        self._line = LifeLine(theme, number)
        self._arguments = _code(label("", wrap=True))
        self._outcome = _code(label("", wrap=True))
        self._unknown = label(UNKNOWN, "dim", wrap=True)
        self._known = QWidget()
        self._switch = TextButton(theme, AMONG, self._switched, icon_name="filter", role="primary")
        self._alone = True
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 10, 0)
        head.addWidget(self._name, 1)
        head.addWidget(IconButton(theme, "copy", "Copy the id of the task", self._copy))
        head.addWidget(IconButton(theme, "close", "Leave the task", self.closed.emit, key="Esc"))
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 12)
        below.addWidget(self._shown_id, 1)
        below.addWidget(self._pill)
        inner = QVBoxLayout(self._known)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(8)
        self._facts.setSpacing(8)
        inner.addLayout(self._facts)
        inner.addSpacing(8)
        inner.addWidget(label("Life of this task", "section"))
        inner.addWidget(self._line)
        self._boxes = tuple(
            _box(inner, title, text)
            for title, text in (("Arguments", self._arguments), ("Result", self._outcome))
        )
        inner.addStretch(1)
        self._scroll = scrolled(self._known, by_keys=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(self._switch)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(_rule())
        self._unknown.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._unknown)
        column.addWidget(self._scroll, 1)
        column.addWidget(_rule())
        column.addLayout(foot)

    def show_task(self, task_id: str, life: Life | None) -> None:
        """Show what became of a task; None where nothing is known of it."""
        self._id = task_id
        self._shown_id.setText(task_id[:ID_LENGTH])
        self._shown_id.setToolTip(task_id)
        known = life is not None
        self._scroll.setVisible(known)
        self._pill.setVisible(known)
        self._unknown.setVisible(not known)
        if life is None:
            self._name.setText("Task")
        elif life != self._life:
            self._draw(life)
        self._life = life

    def show_alone(self, alone: bool) -> None:
        """Show whether the task's lines are seen alone, and offer the other."""
        self._alone = alone
        text = AMONG if alone else ONLY
        self._switch.setText(text)
        self._switch.setAccessibleName(text)
        self._switch.show_icon("layout-merged" if alone else "filter")

    def _draw(self, life: Life) -> None:
        room = sizes.DRAWER - 32 - 2 * sizes.CONTROL
        metrics = QFontMetrics(self._name.font())
        self._name.setText(metrics.elidedText(life.name, Qt.TextElideMode.ElideLeft, room))
        self._name.setToolTip(life.name)
        self._pill.show_look(life.look)
        before = self._life
        if before is None or (before.facts, before.touched) != (life.facts, life.touched):
            self._draw_facts(life)
        self._line.show_steps(life.steps)
        self._show_box(0, "Arguments", "\n".join(life.arguments))
        failed = life.error is not None
        self._show_box(1, "Error" if failed else "Result", life.error or life.result or "")

    def _draw_facts(self, life: Life) -> None:
        while item := self._facts.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for name, words in life.facts:
            self._facts.addWidget(_fact(name, label(words, wrap=True)))
        if life.touched:
            self._facts.addWidget(_fact("Touched by", self._workers(life.touched)))

    def _workers(self, names: tuple[str, ...]) -> QWidget:
        """Two in a line: there is no room for more."""
        shown = QWidget()
        grid = QGridLayout(shown)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        for place, name in enumerate(names[:MOST]):
            row, column = divmod(place, 2)
            short, number = name.partition("@")[0], self._number(name)
            tile = Tile(self._theme, number, "" if number else short[:1].upper())
            grid.addWidget(tile, row, 2 * column)
            grid.addWidget(Elided(short), row, 2 * column + 1)
        if len(names) > MOST:
            more = label(f"and {len(names) - MOST} more", "dim")
            grid.addWidget(more, MOST // 2, 0, 1, 4)
        return shown

    def _show_box(self, place: int, title: str, text: str) -> None:
        box, heading = self._boxes[place]
        heading.setText(title)
        (self._arguments, self._outcome)[place].setText(text)
        heading.setVisible(bool(text))
        box.setVisible(bool(text))

    def _switched(self) -> None:
        self.only.emit(not self._alone)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._id)


def _code(made: QLabel) -> QLabel:
    made.setFont(mono_font())
    return made


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "line")
    return rule


def _fact(name: str, words: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    left = label(name, "text2")
    left.setFixedWidth(84)
    row.addWidget(left, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return line


def _box(column: QVBoxLayout, title: str, text: QLabel) -> tuple[QFrame, QLabel]:
    heading = label(title, "section")
    box = QFrame()
    box.setProperty("role", "code")
    inner = QVBoxLayout(box)
    inner.setContentsMargins(12, 8, 12, 8)
    inner.addWidget(text)
    column.addSpacing(4)
    column.addWidget(heading)
    column.addWidget(box)
    return box, heading

"""The left column: find a task, or take a template or a recent call."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.commands.fuzzy import search
from desktop.send.durations import measured
from desktop.send.kept import Kept
from desktop.send.row_list import ROW, Row, RowList
from desktop.send.task_info import TaskInfo
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.labels import label
from desktop.widgets.search_field import SearchField

SHOWN_TEMPLATES: Final = 3
SHOWN_RECENTS: Final = 5
LEAST_TASKS: Final = 3
READ_AGAIN: Final = "Read the tasks of the app again"
FIXED: Final = 236
"""Pixels that heads, the search and rules take, and a line in place of rows."""


class Picker(QFrame):
    """`task` has the name of a task; `template` that of a template, `recent` the number of a
    recent call. `unsaved` has the name of a template to forget, `named` that of a new one. `again`
    is the wish to see the tasks as the app has them by now.
    """

    task = Signal(str)
    entered = Signal()
    template = Signal(str)
    recent = Signal(int)
    unsaved = Signal(str)
    named = Signal(str)
    again = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._tasks: Sequence[TaskInfo] = ()
        self._typical: Callable[[str], float | None] = lambda task: None
        self._task: str | None = None
        self.search = SearchField(theme, "Find a task")
        self.search.setFixedHeight(sizes.MAIN_CONTROL - 2)
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.tasks = RowList(theme, "Tasks")
        self.tasks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tasks.chosen.connect(self._choose)
        self._rest = label("", "dim")
        self.templates = RowList(theme, "Templates", "bookmark")
        self.templates.chosen.connect(self.template.emit)
        self.templates.forgotten.connect(self.unsaved.emit)
        self.recents = RowList(theme, "Recent calls", "history")
        self.recents.chosen.connect(self._choose_recent)
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the template")
        self.name.setPlaceholderText("Name, then Enter")
        self.name.returnPressed.connect(self._name)
        self.name.installEventFilter(self)
        self.name.hide()
        self._no_templates = label("The form as it is, under a name of yours", "dim", wrap=True)
        self._no_recents = label("What you send is listed here", "dim", wrap=True)
        self._lay_out(theme)
        self.show_kept(Kept())

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        cross = IconButton(theme, "close", "Close", self.closed.emit, key="Esc")
        again = IconButton(theme, "restart", READ_AGAIN, self.again.emit)
        column.addLayout(_line(label("Send a test task", "card-title"), again, cross))
        column.addSpacing(4)
        column.addLayout(_inset(self.search))
        column.addSpacing(10)
        column.addWidget(self.tasks)
        column.addSpacing(4)
        column.addLayout(_inset(self._rest))
        column.addSpacing(12)
        column.addWidget(_rule())
        plus = IconButton(theme, "plus", "Save the form as a template", self.ask_name)
        column.addLayout(_line(label("Templates", "section"), plus))
        column.addLayout(_inset(self.name))
        column.addLayout(_inset(self._no_templates))
        column.addWidget(self.templates)
        column.addSpacing(12)
        column.addWidget(_rule())
        column.addLayout(_line(label("Recent", "section")))
        column.addLayout(_inset(self._no_recents))
        column.addWidget(self.recents)
        column.addStretch(1)

    def show_tasks(self, tasks: Sequence[TaskInfo], typical: Callable[[str], float | None]) -> None:
        """The tasks that can be sent; `typical` tells the usual run time of one, in seconds."""
        self._tasks, self._typical = tasks, typical
        self._list()

    def show_note(self, text: str) -> None:
        """Say this in place of tasks."""
        self.show_tasks((), self._typical)
        self._rest.setText(text)
        self._rest.show()

    def show_times(self) -> None:
        """Ask for the usual run times again."""
        self._list()

    def show_task(self, name: str) -> None:
        """Mark this one."""
        self._task = name
        self.tasks.mark(name)

    def show_kept(self, kept: Kept) -> None:
        """Templates and recent calls."""
        self.templates.rows.show_rows(
            [
                Row(each.name, each.name, each.draft.call.task, code=False, detail_is_code=True)
                for each in kept.templates
            ]
        )
        self.recents.rows.show_rows(
            [
                Row(
                    str(number),
                    each.draft.call.task,
                    each.draft.arguments,
                    right=f"{datetime.fromtimestamp(each.at):%H:%M}",
                    detail_is_code=True,
                )
                for number, each in enumerate(kept.recents)
            ]
        )
        self._no_templates.setVisible(not kept.templates)
        self._no_recents.setVisible(not kept.recents)
        self._share_height()

    def ask_name(self) -> None:
        """Ask for the name of a new template."""
        self.name.setText("")
        self.name.show()
        self.name.setFocus()
        self._share_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The search has the focus; up, down and Enter are for the list. Esc leaves the name."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            if watched is self.name and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if watched is self.name:
            if key is Qt.Key.Key_Escape:
                self._name_done()
                return True
            return False
        match key:
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.tasks.step(1 if key is Qt.Key.Key_Down else -1)
                if (name := self.tasks.current()) is not None:
                    self._task = name
                    self.task.emit(name)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                if (name := self.tasks.current()) is not None:
                    self.entered.emit()
            case _:
                return super().eventFilter(watched, event)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All lists get a fair part."""
        super().resizeEvent(event)
        self._share_height()

    def _find(self) -> None:
        """What is typed chooses the first that it finds."""
        found = self._list()
        if self.search.text() and found and self._task not in found:
            self._choose(found[0])
            self.tasks.mark(self._task)

    def _list(self) -> list[str]:
        """Show the tasks that are found; their names."""
        query = self.search.text()
        found = search(query, self._tasks, lambda task: task.name)
        self.tasks.rows.show_rows(
            [
                Row(
                    match.item.name,
                    match.item.name,
                    f"queue {match.item.queue}" if match.item.queue else "queue by a router",
                    below_right=self._time(match.item.name),
                    found=match.places,
                )
                for match in found
            ]
        )
        rest = len(self._tasks) - len(found)
        self._rest.setText(f"{rest} more {'does' if rest == 1 else 'do'} not match")
        self._rest.setVisible(bool(rest))
        self.search.show_count(len(found), len(self._tasks))
        self.tasks.mark(self._task)
        self._share_height()
        return [match.item.name for match in found]

    def _time(self, task: str) -> str:
        seconds = self._typical(task)
        return "" if seconds is None else f"{measured(seconds)} typical"

    def _choose(self, name: str) -> None:
        self._task = name
        self.task.emit(name)

    def _choose_recent(self, key: str) -> None:
        self.recent.emit(int(key))

    def _name(self) -> None:
        if name := self.name.text().strip():
            self.named.emit(name)
            self._name_done()

    def _name_done(self) -> None:
        self.name.hide()
        self.search.setFocus()
        self._share_height()

    def _share_height(self) -> None:
        """Tasks get what templates and recent calls leave, and three rows at least."""
        asking = 0 if self.name.isHidden() else self.name.sizeHint().height()
        free = (self.height() - FIXED - asking) // ROW
        tasks, templates, recents = (
            each.rows.rowCount() for each in (self.tasks, self.templates, self.recents)
        )
        few = min(tasks, LEAST_TASKS)
        below = max(free - few, 2)
        recents_shown = min(recents, SHOWN_RECENTS, max(below - min(templates, SHOWN_TEMPLATES), 1))
        templates_shown = min(templates, SHOWN_TEMPLATES, max(below - recents_shown, 1))
        tasks_shown = min(tasks, max(free - recents_shown - templates_shown, few))
        for view, rows in (
            (self.tasks, tasks_shown),
            (self.templates, templates_shown),
            (self.recents, recents_shown),
        ):
            view.setFixedHeight(rows * ROW)
            view.setVisible(rows > 0)


def _line(*widgets: QWidget) -> QHBoxLayout:
    """Words at the left, a button at the right."""
    row = QHBoxLayout()
    row.setContentsMargins(8, 4, 0, 4)
    first, *others = widgets
    first.setMinimumHeight(sizes.COMPACT)
    row.addWidget(first)
    row.addStretch(1)
    for widget in others:
        row.addWidget(widget)
    return row


def _inset(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(8, 0, 8, 0)
    row.addWidget(widget)
    return row


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "line")
    return rule

"""The middle column: which task, its call, and the buttons that send it."""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import FleetError
from core.tasks.call import TaskCall
from desktop.send.call_editor import CallEditor, Reading
from desktop.send.command_card import CommandCard
from desktop.send.draft import Draft
from desktop.send.task_info import TaskInfo
from desktop.send.traceback_text import shown_place
from desktop.theme import tokens as sizes
from desktop.theme.style import mono_font
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton, shown_key
from desktop.widgets.error_card import ErrorCard
from desktop.widgets.icon import Icon
from desktop.widgets.keyed_button import KeyedButton
from desktop.widgets.labels import label
from desktop.widgets.scrolled import scrolled

ROOMY: Final = 530
NARROW: Final = 470
"""Pixels below which the foot says less."""
NONE: Final = "No task yet"
_ENDS: Final = re.compile(r"[._]")
"""Of words in the name of a task."""
ToCommand = Callable[[TaskCall], Sequence[str]]


class CallColumn(QFrame):
    """`send` has the draft to send, `source` a Source to open, `troubled` an error that is shown;
    `save` and `stop` are clicks.
    """

    send = Signal(object)
    stop = Signal()
    troubled = Signal(object)
    save = Signal()
    source = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._theme = theme
        self._task: TaskInfo | None = None
        self._to_command: ToCommand = lambda call: ()
        self._busy = False
        self._name = label(NONE, wrap=True)
        self._name.setFont(mono_font(16))
        self._source = TextButton(theme, "", self._open_source, role="link")
        self._source.setFont(mono_font())
        self._summary = label("", "text2", wrap=True)
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName("Form or JSON")
        for name in ("Form", "JSON"):
            self._tabs.addTab(name)
        self._error: ErrorCard | None = None
        self.editor = CallEditor(theme)
        self.command = CommandCard(theme)
        self._send = KeyedButton(
            theme, "Send", self.try_send, "Ctrl+Enter", icon_name="send", role="primary"
        )
        self._stop = TextButton(
            theme, "Stop sending", self.stop.emit, icon_name="stop", role="danger"
        )
        self._stop.hide()
        self._save = TextButton(theme, "Save as template", self.save.emit, icon_name="bookmark")
        self._fix_icon = Icon(theme, "alert", "err")
        self._fix = label("", "error")
        self._lay_out()
        self._tabs.currentChanged.connect(self._tab_chosen)
        self.editor.moved.connect(self._tab_moved)
        self.editor.changed.connect(self._refresh)
        self.show_none()

    def _lay_out(self) -> None:
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(12)
        head.addWidget(self._name, 1)
        head.addWidget(self._source)
        tabs = QHBoxLayout()
        tabs.addWidget(self._tabs)
        tabs.addStretch(1)
        tabs.addWidget(label(f"{shown_key('Ctrl+J')} switches", "dim"))
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 20, 0)
        top.setSpacing(4)
        top.addLayout(head)
        top.addWidget(self._summary)
        top.addSpacing(4)
        top.addLayout(tabs)
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(16)
        self._body = body
        body.addWidget(self.editor)
        body.addWidget(self.command)
        body.addStretch(1)
        self._area = scrolled(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 14, 20, 14)
        foot.setSpacing(8)
        for button in (self._send, self._stop, self._save):
            button.setMinimumHeight(sizes.MAIN_CONTROL)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._fix_icon)
        foot.addWidget(self._fix)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(_rule())
        column.addWidget(self._area, 1)
        column.addWidget(_rule())
        column.addLayout(foot)

    def show_command_of(self, to_command: ToCommand) -> None:
        """How the command line of a call is written in this project."""
        self._to_command = to_command

    def show_task(
        self,
        task: TaskInfo,
        queues: Sequence[str],
        root: PurePath,
        draft: Draft | None = None,
    ) -> None:
        """Edit a call of this task; `root` is the project's folder."""
        self._task = task
        self._show_name()
        self._name.setToolTip(task.name)
        self._summary.setText(task.summary)
        self._summary.setVisible(bool(task.summary))
        self._source.setVisible(task.source is not None)
        if task.source is not None:
            self._source.setText(shown_place(task.source, root))
            self._source.setAccessibleName(f"Open {self._source.text()}")
        self._forget_error()
        self.editor.show_task(task, queues, draft)
        for part in (self.editor, self.command):
            part.show()

    def show_none(self) -> None:
        """There is no task to call."""
        self._task = None
        self._name.setText(NONE)
        self._name.setToolTip("")
        self._forget_error()
        self.editor.show_none()
        for part in (self._summary, self._source, self.editor, self.command):
            part.hide()

    def show_error(self, error: FleetError) -> None:
        """Show it above the form."""
        self._forget_error()
        self._error = ErrorCard(self._theme, error)
        self._body.insertWidget(0, self._error)
        self._error.show()
        self._area.verticalScrollBar().setValue(0)
        self.troubled.emit(error)

    def show_busy(self, busy: bool, *, stoppable: bool = False) -> None:
        """A call is on its way out; copies with pauses between can be stopped."""
        self._busy = busy
        self._stop.setVisible(stoppable)
        self._send.setHidden(stoppable)
        self._refresh()

    def try_send(self) -> None:
        """Send it, or go to what is to be fixed."""
        reading = self.editor.read()
        if self._busy:
            return
        if reading.draft is None:
            self.editor.reproach()
        else:
            self._forget_error()
            self.send.emit(reading.draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is narrow says less."""
        super().resizeEvent(event)
        self._send.show_key(self.width() >= ROOMY)
        self._show_name()
        self._refresh()

    def turn(self) -> None:
        """Show the other tab."""
        self.editor.turn()

    def _show_name(self) -> None:
        """Where it is narrow the name is broken within, and its source stands below."""
        roomy = self.width() >= NARROW
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(beside if roomy else below)
        self._head.setSpacing(12 if roomy else 2)
        if self._task is not None:
            name = self._task.name
            self._name.setText(name if roomy else _ENDS.sub("\\g<0>\u200b", name))

    def _forget_error(self) -> None:
        if self._error is not None:
            self._error.hide()
            self._error.deleteLater()
            self._error = None

    def _refresh(self) -> None:
        reading = self.editor.read()
        self._send.setText(_verb(reading))
        self._send.setAccessibleName(self._send.text())
        self._send.setEnabled(reading.draft is not None and not self._busy)
        self._save.setEnabled(reading.draft is not None)
        wrong = reading.to_fix
        roomy = self.width() >= NARROW
        fields = f"{wrong} field{'' if wrong == 1 else 's'}" if roomy else f"{wrong}"
        self._fix.setText(f"{fields} to fix" if wrong else "")
        self._fix_icon.setVisible(bool(wrong) and roomy)
        self._save.setText("Save as template" if roomy else "Template")
        if reading.draft is None:
            self.command.show_command(())
        else:
            remark = "The copies go out without a pause" if reading.draft.pause_s else ""
            self.command.show_command(self._to_command(reading.draft.call), remark)

    def _tab_chosen(self, tab: int) -> None:
        if (tab == 1) != self.editor.is_json:
            self.editor.turn()

    def _tab_moved(self, json: bool) -> None:
        self._tabs.setCurrentIndex(int(json))

    def _open_source(self) -> None:
        if self._task is not None and self._task.source is not None:
            self.source.emit(self._task.source)


def _verb(reading: Reading) -> str:
    return "Send" if reading.copies == 1 else f"Send {reading.copies} copies"


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "line")
    return rule

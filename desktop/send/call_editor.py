"""One call, edited as a form or as JSON, with the options of its sending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.tasks.call import TaskCall
from desktop.send.arguments import Filled, as_json, fill, read_args, read_kwargs, spread
from desktop.send.call_form import CallForm
from desktop.send.draft import Draft
from desktop.send.fields import Field
from desktop.send.json_tab import JsonTab
from desktop.send.json_text import write_json
from desktop.send.options_form import OptionsForm
from desktop.send.options_text import Options, options_of
from desktop.send.task_info import TaskInfo
from desktop.theme.theme import Theme
from desktop.widgets.remark import Remark

T = TypeVar("T")

UNKNOWN: Final = "Nobody can tell what this task is called with, so there is JSON only"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is there now: a call that can be sent, or how many fields are to be fixed before."""

    draft: Draft | None
    to_fix: int = 0
    copies: int = 1


class CallEditor(QWidget):
    """`changed` comes with each change; `moved` when the other tab is shown (True: JSON)."""

    changed = Signal()
    moved = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: TaskInfo | None = None
        self._written: tuple[str, str] | None = None
        """What the form came to in JSON when it was left; unchanged, it leads back."""
        self.form = CallForm(theme)
        self.json = JsonTab(theme)
        self.options = OptionsForm(theme)
        self.json.hide()
        self._remark = Remark()
        self._remark.hide()
        rule = QFrame()
        rule.setProperty("role", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(self.json)
        column.addWidget(self._remark)
        column.addWidget(rule)
        column.addWidget(self.options)
        for part in (self.form, self.json, self.options):
            part.changed.connect(self._edited)

    @property
    def is_json(self) -> bool:
        """Which tab is shown."""
        return not self.json.isHidden()

    def show_task(self, task: TaskInfo, queues: Sequence[str], draft: Draft | None = None) -> None:
        """Edit a call of this task: an empty one, or this one. JSON where the form has no place."""
        self._task = task
        self._written = None
        self.form.show_fields(task.fields or ())
        self.options.show_task(task, queues, options_of(draft) if draft else Options())
        call = draft.call if draft else TaskCall(task.name)
        self.json.show_texts(write_json(list(call.args)), _as_lines(call.kwargs))
        try:
            texts = spread(_known(task), call.args, call.kwargs)
        except ValueError as error:
            self._show(json=True, said=str(error))
        else:
            self.form.show_texts(texts)
            self._show(json=False)

    def show_none(self) -> None:
        """There is no call to edit."""
        self._task = self._written = None
        self.form.show_fields(())
        self._show(json=False)

    def turn(self) -> None:
        """Show the same call on the other tab. Stays where the form could not show it."""
        if self._task is None:
            return
        if not self.is_json:
            self._written = as_json(self._task.fields or (), self.form.texts())
            self.json.show_texts(*self._written)
            self._show(json=True)
            return
        if self.json.texts() != self._written:
            try:
                args, kwargs = self.json.texts()
                given = spread(_known(self._task), read_args(args), read_kwargs(kwargs))
            except ValueError as error:
                self._show(json=True, said=str(error))
                return
            self.form.show_texts(given)
        elif self._task.fields is None:
            self._show(json=True, said=UNKNOWN)
            return
        self._show(json=False)

    def read(self) -> Reading:
        """The call as it is; what is wrong is shown beside it."""
        if self._task is None:
            return Reading(None)
        filled = self._filled(self._task.fields or ())
        options, wrong = self.options.read()
        to_fix = len(filled.faults) + len(wrong)
        if to_fix:
            return Reading(None, to_fix, options.count)
        call = TaskCall(
            self._task.name,
            filled.args,
            filled.kwargs,
            options.queue,
            options.countdown_s,
            options.priority,
            options.expires_s,
            options.count,
        )
        return Reading(Draft(call, options.pause_s), copies=options.count)

    def reproach(self) -> None:
        """Go to what is to be fixed."""
        if not self.is_json and self._task is not None:
            fields = self._task.fields or ()
            self.form.enter_first_fault(fill(fields, self.form.texts()).faults)

    def enter(self) -> None:
        """Give the first input the focus."""
        self.json.enter() if self.is_json else self.form.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form knows how narrow it is."""
        super().resizeEvent(event)
        self.form.show_width(self.width())

    def _filled(self, fields: Sequence[Field]) -> Filled:
        if not self.is_json:
            filled = fill(fields, self.form.texts())
            self.form.show_faults(filled.faults)
            return filled
        args, kwargs = self.json.texts()
        by_place, args_fault = _attempt(read_args, args)
        by_name, kwargs_fault = _attempt(read_kwargs, kwargs)
        self.json.show_faults(args_fault, kwargs_fault)
        wrong = {"args": args_fault, "kwargs": kwargs_fault}
        return Filled(
            by_place or (),
            by_name or {},
            {key: str(e) for key, e in wrong.items() if e is not None},
        )

    def _show(self, *, json: bool, said: str = "") -> None:
        self.form.setVisible(not json)
        self.json.setVisible(json)
        self._remark.show_fault(said)
        self._remark.setVisible(bool(said))
        self.moved.emit(json)
        self.changed.emit()

    def _edited(self) -> None:
        self._remark.hide()
        self.changed.emit()


def _known(task: TaskInfo) -> Sequence[Field]:
    if task.fields is None:
        raise ValueError(UNKNOWN)
    return task.fields


def _attempt(read: Callable[[str], T], text: str) -> tuple[T | None, ValueError | None]:
    try:
        return read(text), None
    except ValueError as error:
        return None, error


def _as_lines(kwargs: Mapping[str, object]) -> str:
    lines = ",\n".join(f"  {write_json(name)}: {write_json(kwargs[name])}" for name in kwargs)
    return f"{{\n{lines}\n}}" if lines else "{}"

"""How a call is sent, to be opened where it matters."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.send.options_text import KEYS, NEVER, TOP_PRIORITY, Options, read_options
from desktop.send.task_info import TaskInfo
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.combo import Combo
from desktop.widgets.labels import label
from desktop.widgets.remark import Remark, set_wrong

LABELS: Final = {
    "queue": "Queue",
    "countdown": "Start in",
    "priority": "Priority",
    "count": "Copies",
    "pause": "Pause between",
    "expires": "Expires",
}
EXPIRIES: Final = (NEVER, "10 s", "1 min", "10 min", "1 h")
PRIORITY_HINT: Final = "On Redis 0 goes first, on RabbitMQ 0 goes last"


class OptionsForm(QWidget):
    """Six fields under a head that folds them away."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: TaskInfo | None = None
        self._lines = {
            key: QLineEdit(text) for key, text in (("countdown", "0 s"), ("count", "1"))
        } | {"pause": QLineEdit("0 s")}
        self._combos = {key: Combo(theme, LABELS[key]) for key in ("queue", "priority", "expires")}
        self._fold = TextButton(theme, "Options", self._turn, icon_name="chevron-down", role="fold")
        self._differing = label("", "dim")
        self._remark = Remark()
        self._body = QWidget()
        self._lay_out()
        for key, line in self._lines.items():
            line.setAccessibleName(LABELS[key])
            line.textEdited.connect(self.changed)
        for key in ("queue", "expires"):
            combo = self._combos[key]
            combo.setEditable(True)
            combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
            combo.editTextChanged.connect(self.changed)
        self._combos["priority"].currentIndexChanged.connect(self.changed)
        self._combos["priority"].setToolTip(PRIORITY_HINT)
        self._combos["expires"].addItems(EXPIRIES)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._fold)
        head.addWidget(self._differing)
        head.addStretch(1)
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for number, key in enumerate(KEYS):
            row, column = divmod(number, 3)
            name = label(LABELS[key], "text2")
            name.setContentsMargins(0, 8 * row, 0, 0)
            grid.addWidget(name, 2 * row, column)
            grid.addWidget(self._widget(key), 2 * row + 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._remark, 4, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._body)

    def _widget(self, key: str) -> QLineEdit | Combo:
        return self._lines[key] if key in self._lines else self._combos[key]

    def show_task(self, task: TaskInfo, queues: Sequence[str], options: Options) -> None:
        """The options for a task, without `changed`; `queues` are those one may choose from."""
        self.blockSignals(True)
        self._task = task
        shown = options.shown(task)
        for key, combo in self._combos.items():
            if key == "queue":
                combo.clear()
                combo.addItems(list(dict.fromkeys([*filter(None, [task.queue]), *queues])))
            elif key == "priority":
                combo.clear()
                levels = [f"{level} of {TOP_PRIORITY}" for level in range(TOP_PRIORITY + 1)]
                combo.addItems(levels if task.priority is not None else ["as set", *levels])
                if combo.findText(shown[key]) < 0:
                    combo.addItem(shown[key])
            if combo.isEditable():
                combo.setEditText(shown[key])
            else:
                combo.setCurrentText(shown[key])
        for key, line in self._lines.items():
            line.setText(shown[key])
        self.blockSignals(False)

    def read(self) -> tuple[Options, Mapping[str, str]]:
        """The options, and what is wrong by key; shows both."""
        if self._task is None:
            return Options(), {}
        texts = {key: line.text() for key, line in self._lines.items()} | {
            key: combo.currentText() for key, combo in self._combos.items()
        }
        options, faults = read_options(texts, self._task)
        for key in KEYS:
            set_wrong(self._widget(key), key in faults)
        first = next(iter(faults.items()), None)
        self._remark.show_fault("" if first is None else f"{LABELS[first[0]]}: {first[1]}")
        self._remark.setVisible(first is not None)
        self._lines["pause"].setEnabled(options.count > 1)
        differing = options.differing()
        verb = "differs" if differing == 1 else "differ"
        self._differing.setText(f"{differing} {verb} from the task’s own" if differing else "")
        if faults:
            self.open()
        return options, faults

    def open(self) -> None:
        """Unfold them."""
        if self._body.isHidden():
            self._turn()

    def _turn(self) -> None:
        folded = self._body.isHidden()
        self._body.setVisible(folded)
        self._fold.show_icon("chevron-down" if folded else "chevron-right")
        self._fold.setAccessibleDescription("open" if folded else "folded away")

"""The question that is asked once when the window is closed while workers run."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.leaving.choice import AtClose
from desktop.leaving.standing import Line
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton
from desktop.widgets.labels import label
from desktop.widgets.tile import Tile
from desktop.widgets.toggle import Toggle

WIDTH: Final = 520
MOST: Final = 5


class LeaveQuestion(QDialog):
    """`answered` has the choice, and whether it holds from now on; Esc and Cancel answer nothing.

    `headline` says how many run; `busy` are those with a task. `can_keep`: there is a tray.
    """

    answered = Signal(AtClose, bool)

    def __init__(
        self,
        theme: Theme,
        project: str,
        headline: str,
        busy: Sequence[Line],
        parent: QWidget,
        *,
        can_keep: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Close Solofleet")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(WIDTH)
        remember = f"Remember for {project}"
        self._remember = Toggle(theme, remember, (remember, remember))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(label(headline, "big-title", wrap=True))
        column.addSpacing(4)
        for line in busy[:MOST]:
            column.addLayout(_busy_line(theme, line))
        if len(busy) > MOST:
            column.addWidget(label(f"and {len(busy) - MOST} more", "dim"))
        column.addSpacing(4)
        column.addWidget(label(_consequence(bool(busy), can_keep=can_keep), "text2", wrap=True))
        column.addSpacing(8)
        column.addWidget(self._remember)
        column.addSpacing(16)
        column.addLayout(self._buttons(theme, can_keep=can_keep))
        self._stop_button.setFocus()

    def _buttons(self, theme: Theme, *, can_keep: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(TextButton(theme, "Cancel", self.reject, role="quiet"))
        if can_keep:
            row.addWidget(TextButton(theme, "Keep in tray", self._keep))
        stop = TextButton(theme, "Stop all and quit", self._stop, icon_name="stop", role="primary")
        stop.setDefault(True)
        row.addWidget(stop)
        self._stop_button = stop
        return row

    def _keep(self) -> None:
        self._answer(AtClose.KEEP)

    def _stop(self) -> None:
        self._answer(AtClose.STOP)

    def _answer(self, choice: AtClose) -> None:
        self.answered.emit(choice, self._remember.isChecked())
        self.accept()


def _busy_line(theme: Theme, line: Line) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Tile(theme, line.number))
    row.addWidget(label(line.name, "strong"))
    row.addWidget(label(line.detail, "text2"), 1)
    return row


def _consequence(is_busy: bool, *, can_keep: bool) -> str:
    finish = "Stopping lets running tasks finish first." if is_busy else "No task is running."
    keep = " In the tray, the workers go on and the window can be shown again." if can_keep else ""
    return finish + keep

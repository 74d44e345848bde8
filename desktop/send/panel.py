"""The panel that sends test tasks: three columns that shrink together."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.send.call_column import CallColumn
from desktop.send.picker import Picker
from desktop.send.result_rows import ResultRows
from desktop.send.results_column import ResultsColumn
from desktop.theme.theme import Theme

SHARES: Final = (312, 536, 472)
LEAST: Final = (216, 352, 296)


class SendPanel(QWidget):
    """Puts the columns side by side; `closed` is the cross or Esc, `rerun` is Ctrl+R."""

    closed = Signal()
    rerun = Signal()

    def __init__(self, theme: Theme, rows: ResultRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAccessibleName("Send a test task")
        self.picker = Picker(theme)
        self.call = CallColumn(theme)
        self.results = ResultsColumn(theme, rows)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        columns = (self.picker, self.call, self.results)
        for column, share, least in zip(columns, SHARES, LEAST, strict=True):
            column.setMinimumWidth(least)
            row.addWidget(column, share)
        self.picker.closed.connect(self.closed)
        self.picker.entered.connect(self.call.editor.enter)
        for keys, slot in (
            (("Esc",), self.closed.emit),
            (("Ctrl+J",), self.call.turn),
            (("Ctrl+Return", "Ctrl+Enter"), self.call.try_send),
            (("Ctrl+R",), self.rerun.emit),
        ):
            shortcut = QShortcut(self)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)  # a key that is held sends once
            shortcut.activated.connect(slot)

    def enter(self) -> None:
        """Begin with the search."""
        self.picker.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.picker.search.selectAll()

"""The panel that finds text in all logs, and lists where."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.logs.search import LIMIT, Hit
from core.logs.store import LogStore
from desktop.logpane.find import Query
from desktop.run.finding import Finding
from desktop.run.hit_delegate import HitDelegate
from desktop.run.hit_rows import HIT_ROLE, HitRows
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.grouped import grouped
from desktop.widgets.labels import label
from desktop.widgets.row_view import ENTER, RowView
from desktop.widgets.search_field import SearchField
from desktop.widgets.switch import switch

HEIGHT: Final = 220
FIND: Final = "Find in all panes"
HINT: Final = f"What is found is listed here; of more than {grouped(LIMIT)} hits, the newest."
_PROGRESS_FROM: Final = 760  # px
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FindAll(QFrame):
    """`chosen` has a Hit that was clicked or entered."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        logs: Callable[[], Mapping[str, LogStore]],
        worker: Callable[[str], WorkerRow | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.finding = Finding(logs, self)
        self.finding.changed.connect(self._show)
        self.field = SearchField(theme, FIND)
        self.field.setMaximumWidth(360)
        self.field.setMinimumWidth(120)
        self.field.textChanged.connect(self._look_for)
        self.field.installEventFilter(self)
        self._account = label("", "strong")
        self._said = label("", "dim")
        self._stop = TextButton(theme, "Cancel", self.finding.cancel, key="Esc", compact=True)
        self._switches = (
            switch("Aa", "Match case"),
            switch("W", "Whole words"),
            switch(".*", "Regular expression"),
        )
        for each in self._switches:
            each.toggled.connect(self._look_for)
        self.rows = HitRows(worker, lambda name: logs()[name], self)
        self.list = RowView(theme, "Hits", self.rows, HIT_ROLE)
        self.list.setItemDelegate(HitDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.chosen.connect(self.chosen)
        self._hint = label(HINT, "dim", wrap=True)
        self._lay_out(theme)
        self._show()

    def _lay_out(self, theme: Theme) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.setSpacing(6)
        head.addWidget(self.field, 1)
        for widget in (*self._switches, self._account, self._said, self._stop):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(IconButton(theme, "close", "Close the search", self.close_panel, key="Esc"))
        line = QFrame()
        line.setProperty("role", "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        self._hint.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self._hint)
        column.addWidget(self.list, 1)

    def open(self, text: str = "") -> None:
        """Show it, ready to type; a selected text is looked for."""
        self.show()
        if text:
            self.field.setText(text)
        elif self.field.text():
            self._look_for()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_panel(self) -> None:
        """Leave the search, and forget what was found."""
        self.finding.look_for(Query())
        self.closed.emit()

    def say(self, text: str) -> None:
        """Say something of the hit that was chosen."""
        self._said.setText(text)

    def sizeHint(self) -> QSize:
        """Some hits are in sight."""
        return QSize(600, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The head, and three hits."""
        return QSize(280, 130)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc cancels a search, and closes the panel when there is none."""
        if event.key() != Qt.Key.Key_Escape:
            event.ignore()
        elif self.finding.searching:
            self.finding.cancel()
        else:
            self.close_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field, the arrows go through the hits and Enter goes to one."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES or key in ENTER:
                if not self.list.currentIndex().isValid():
                    self.list.setCurrentIndex(self.rows.index(0, 0))
                    if key in _MOVES:
                        return True
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What there is no room for is left out."""
        super().resizeEvent(event)
        self._said.setVisible(self.width() >= _PROGRESS_FROM)

    def _look_for(self) -> None:
        case, word, regex = (each.isChecked() for each in self._switches)
        self.finding.look_for(Query(self.field.text(), regex, case, word))

    def _show(self) -> None:
        finding = self.finding
        self._account.setText(finding.account())
        self._said.setText(finding.progress())
        self._stop.setVisible(finding.searching)
        wrong = bool(finding.query.error)
        if self.field.property("wrong") != wrong:
            self.field.setProperty("wrong", wrong)
            self.field.style().polish(self.field)
        current = self.list.currentIndex()
        hit: Hit | None = current.data(HIT_ROLE) if current.isValid() else None
        self.rows.show_hits(finding.hits)
        place = self.rows.place(hit)
        if place is not None:
            self.list.setCurrentIndex(self.rows.index(place, 0))
        elif finding.hits:
            self.list.scrollToBottom()  # the newest hits are the last ones
        self._hint.setVisible(not finding.hits)
        self.list.setVisible(bool(finding.hits))

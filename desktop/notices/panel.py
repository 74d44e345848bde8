"""The list of notices, which opens over the bell."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.notices.delegate import NoticeDelegate
from desktop.notices.notice import Notice
from desktop.notices.notices import NOTICE_ROLE, Notices
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.labels import label
from desktop.widgets.row_view import RowView

WIDTH: Final = 440
HEIGHT: Final = 480
GAP: Final = 8


class NoticePanel(QFrame):
    """`chosen` has the notice that was clicked. What was shown is read when it closes."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._notices = notices
        self.setProperty("role", "floating")
        self.setAccessibleName("Notifications")
        self._count = label("", "dim")
        self._clear = TextButton(theme, "Clear", notices.clear, role="quiet", compact=True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(label("Notifications", "card-title"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._clear)
        head.addWidget(IconButton(theme, "close", "Close the notifications", self.hide, key="Esc"))
        line = QFrame()
        line.setProperty("role", "line")
        self._list = RowView(theme, "Notifications", notices, NOTICE_ROLE)
        self._list.setItemDelegate(NoticeDelegate(theme, self._list))
        self._list.setResizeMode(RowView.ResizeMode.Adjust)
        self._list.chosen.connect(self._choose)
        self._empty = label("Nothing to tell yet.", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        notices.unread_changed.connect(self._draw)
        notices.modelReset.connect(self._draw)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Show it over the status bar, or no more."""
        if self.isVisible():
            self.hide()
            return
        self._draw()
        self._place()
        self.show()
        self.raise_()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._notices.rowCount():
            self._list.setCurrentIndex(self._notices.index(0))

    def hideEvent(self, event: object) -> None:
        """What was shown is read."""
        self._notices.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It stays in its corner."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._window.height() - sizes.TOP_BAR - sizes.STATUS_BAR - 2 * GAP
        self.setFixedSize(WIDTH, min(HEIGHT, room))
        left = self._window.width() - WIDTH - 2 * GAP
        self.move(left, self._window.height() - sizes.STATUS_BAR - GAP - self.height())

    def _draw(self) -> None:
        unread, some = self._notices.unread, self._notices.rowCount() > 0
        self._count.setText(f"{unread} new" if unread else "")
        self._empty.setVisible(not some)
        self._list.setVisible(some)
        self._clear.setEnabled(some)

    def _choose(self, notice: Notice) -> None:
        self.hide()
        self.chosen.emit(notice)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self.hide()

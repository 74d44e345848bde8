"""The list of notices, which opens over the bell."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.notices.delegate import NoticeDelegate
from desktop.notices.notice import Notice
from desktop.notices.notices import NOTICE_ROLE, Notices
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import IconButton, TextButton
from desktop.widgets.floating import Floating
from desktop.widgets.labels import label
from desktop.widgets.row_view import RowView

WIDTH: Final = 440
HEIGHT: Final = 480
GAP: Final = 8


class NoticePanel(Floating):
    """`chosen` has the notice that was clicked. What was shown is read when it closes."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, notices: Notices, parent: QWidget) -> None:
        super().__init__("Notifications", parent)
        self._notices = notices
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
        self.hide()

    def toggle(self) -> None:
        """Show it over the status bar, or no more."""
        if self.isVisible():
            self.hide()
            return
        self._draw()
        self.come()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._notices.rowCount():
            self._list.setCurrentIndex(self._notices.index(0))

    def hideEvent(self, event: object) -> None:
        """What was shown is read."""
        self._notices.read()

    def place(self) -> None:
        """In the corner over the bell."""
        room = self.host.height() - sizes.TOP_BAR - sizes.STATUS_BAR - 2 * GAP
        self.setFixedSize(WIDTH, min(HEIGHT, room))
        left = self.host.width() - WIDTH - 2 * GAP
        self.move(left, self.host.height() - sizes.STATUS_BAR - GAP - self.height())

    def _draw(self) -> None:
        unread, some = self._notices.unread, self._notices.rowCount() > 0
        self._count.setText(f"{unread} new" if unread else "")
        self._empty.setVisible(not some)
        self._list.setVisible(some)
        self._clear.setEnabled(some)

    def _choose(self, notice: Notice) -> None:
        self.hide()
        self.chosen.emit(notice)

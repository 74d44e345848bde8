"""The bell in the status bar: the latest notice beside it, how many are new, all on a click."""

from collections.abc import Iterable
from typing import Final, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.settings.keys import KEYS
from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.notices.notice import Notice
from desktop.notices.notices import Notices
from desktop.notices.panel import NoticePanel
from desktop.notices.reporter import Reporter
from desktop.shell.status_bar import StatusBar
from desktop.theme.theme import Theme

LONG_TASK_S: Final = cast("float", KEYS["long_task"].default)


class Bell(QObject):
    """`notices` are all since a project was opened last, `panel` shows them."""

    def __init__(self, theme: Theme, desk: Desk, status: StatusBar, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._status = status
        self.notices = Notices(self)
        self.panel = NoticePanel(theme, self.notices, window)
        self._reporter = Reporter(desk, self.notices.take, self._long_s, parent=self)
        self.notices.came.connect(self._came)
        self.notices.unread_changed.connect(status.show_unread)
        self.notices.modelReset.connect(status.forget_news)
        status.history.connect(self.panel.toggle)
        desk.opening.connect(self.notices.clear)  # they lead to lines of a project before

    def commands(self) -> Iterable[Command]:
        """What opens the list."""
        toggle = self.panel.toggle
        yield Command("Show notifications", toggle, "Window", "Ctrl+Shift+N", "bell")

    def _long_s(self) -> float:
        session = self._desk.session
        chosen = None if session is None else session.settings.long_task_s
        return LONG_TASK_S if chosen is None else chosen

    def _came(self, notice: Notice) -> None:
        self._status.show_news(notice.sentence)

"""The bell in the status bar: the latest notice beside it, how many are new, all on a click."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.commands.command import Command
from desktop.desk import Desk
from desktop.notices.notice import Notice
from desktop.notices.notices import Notices
from desktop.notices.panel import NoticePanel
from desktop.notices.reporter import Reporter
from desktop.shell.status_bar import StatusBar
from desktop.theme.theme import Theme


class Bell(QObject):
    """`notices` are all, `panel` shows them. `long_s` is that of the `Reporter`."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        status: StatusBar,
        window: QWidget,
        long_s: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._status = status
        self.notices = Notices(self)
        self.panel = NoticePanel(theme, self.notices, window)
        self._reporter = Reporter(desk, self.notices.take, long_s, parent=self)
        self.notices.came.connect(self._came)
        self.notices.unread_changed.connect(status.show_unread)
        self.notices.modelReset.connect(status.forget_news)
        status.history.connect(self.panel.toggle)

    def commands(self) -> Iterable[Command]:
        """What opens the list."""
        toggle = self.panel.toggle
        yield Command("Show notifications", toggle, "Window", "Ctrl+Shift+N", "bell")

    def _came(self, notice: Notice) -> None:
        self._status.show_news(notice.sentence)

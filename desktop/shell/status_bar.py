"""The bar at the bottom: how everything stands, in numbers, and the last news."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from core.tasks.counts import Totals
from core.workers.phase import Phase, Worker
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton, shown_key
from desktop.widgets.grouped import grouped

UP = frozenset({Phase.READY, Phase.BUSY, Phase.SUSPECT, Phase.BROKER_LOST})
CRASHED = frozenset({Phase.CRASHED, Phase.FATAL, Phase.BACKOFF})
LONGEST = 72
"""Letters of the news that have room beside the numbers in a narrow window."""
NOTIFICATIONS = f"Notifications  {shown_key('Ctrl+Shift+N')}"


class StatusBar(QFrame):
    """Shows what it is told; `history` is a click on the bell, or the news beside it."""

    history = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "status-bar")
        self.setFixedHeight(sizes.STATUS_BAR)
        self._workers = _rich("Workers")
        self._tasks = _rich("Tasks")
        self._news = TextButton(theme, "", self.history.emit, icon_name="bell", role="news")
        self._unread = QLabel()
        self._unread.setProperty("role", "unread")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self._workers)
        row.addWidget(self._tasks)
        row.addStretch(1)
        news = QHBoxLayout()
        news.setSpacing(6)
        news.addWidget(self._unread, alignment=Qt.AlignmentFlag.AlignVCenter)
        news.addWidget(self._news)
        row.addLayout(news)
        self.forget_news()
        self.show_unread(0)
        self._parts: tuple[list[_Part], list[_Part]] = ([], [])
        theme.changed.connect(self._draw)

    def show_workers(
        self, workers: Sequence[Worker], rows: Sequence[Worker] = (), *, broker_gone: bool = False
    ) -> None:
        """How many are up, on their way down, and down by accident, `rows` beside them too."""
        phases = [worker.phase for worker in workers]
        crashed = sum(each.phase in CRASHED for each in (*workers, *rows))
        self._parts = (
            [
                ("text", sum(phase in UP for phase in phases), "up"),
                ("violet", phases.count(Phase.STARTING), "starting"),
                ("warn", phases.count(Phase.STOPPING), "stopping"),
                ("err", crashed, "crashed"),
                ("err", int(broker_gone), "broker gone"),
            ],
            self._parts[1],
        )
        self._draw()

    def show_tasks(self, totals: Totals) -> None:
        """How the tasks that were sent from here stand."""
        self._parts = (
            self._parts[0],
            [
                ("text", totals.succeeded, "done"),
                ("err", totals.failed + totals.lost, "failed"),
                ("text", totals.running, "running"),
                ("text", totals.waiting, "waiting"),
            ],
        )
        self._draw()

    def show_checks(self, works: int, of: int, faults: int) -> None:
        """How far a set-up is, in place of workers and tasks."""
        self._parts = ([("text", works, f"of {of} checks passed"), ("err", faults, "to fix")], [])
        self._draw()

    def show_news(self, text: str) -> None:
        """The last thing that was said; of much, the beginning."""
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
        self._news.setText(short)
        self._news.setToolTip(f"{text}\n{NOTIFICATIONS}")
        self._news.setAccessibleName(f"Notifications, the last one: {text}")

    def forget_news(self) -> None:
        """Nothing is to be told any more."""
        self._news.setText("")
        self._news.setToolTip(NOTIFICATIONS)
        self._news.setAccessibleName("Notifications")

    def show_unread(self, count: int) -> None:
        """So many things were said that nobody has looked at."""
        self._unread.setVisible(count > 0)
        self._unread.setText(str(count) if count < 100 else "99+")
        self._unread.setAccessibleName(f"{count} new notifications")

    def text(self) -> str:
        """What stands there, without colours."""
        return "  ".join(_plain(part) for parts in self._parts for part in _told(parts))

    def _draw(self) -> None:
        for label, parts in zip((self._workers, self._tasks), self._parts, strict=True):
            label.setText("&nbsp;&nbsp; ".join(self._html(part) for part in _told(parts)))
            label.setAccessibleDescription(", ".join(_plain(part) for part in _told(parts)))

    def _html(self, part: "_Part") -> str:
        token, number, word = part
        tokens = self._theme.tokens
        colour = getattr(tokens, token)
        return (
            f'<b style="color:{colour}">{grouped(number)}</b>'
            f' <span style="color:{tokens.text2}">{word}</span>'
        )


_Part = tuple[str, int, str]


def _told(parts: Iterable[_Part]) -> list[_Part]:
    """The first always, the others where there is something to tell."""
    return [part for place, part in enumerate(parts) if place == 0 or part[1]]


def _plain(part: _Part) -> str:
    return f"{part[1]} {part[2]}"


def _rich(name: str) -> QLabel:
    label = QLabel()
    label.setAccessibleName(name)
    label.setTextFormat(Qt.TextFormat.RichText)
    return label

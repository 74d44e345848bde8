"""The bar at the bottom: how everything stands, in numbers, and the last news."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.tasks.counts import Totals
from core.workers.phase import Phase, Worker
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.buttons import TextButton, shown_key
from desktop.widgets.grouped import grouped
from desktop.widgets.labels import label

UP = frozenset({Phase.READY, Phase.BUSY, Phase.SUSPECT, Phase.BROKER_LOST})
CRASHED = frozenset({Phase.CRASHED, Phase.FATAL, Phase.BACKOFF})
LONGEST = 72
"""Letters of the news; its tooltip has all."""
GAP = 12
"""Pixels between the icon of the news and its words."""
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
        self._load = label("", "text2")
        self._load.setAccessibleName("Load")
        self._news = TextButton(theme, "", self.history.emit, icon_name="bell", role="news")
        self._news.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._unread = QLabel()
        self._unread.setProperty("role", "unread")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self._workers)
        row.addWidget(self._tasks)
        row.addStretch(1)
        row.addWidget(self._load)
        news = self._end = QHBoxLayout()
        news.setSpacing(6)
        news.addWidget(self._unread, alignment=Qt.AlignmentFlag.AlignVCenter)
        news.addWidget(self._news)
        row.addLayout(news)
        self._parts: tuple[list[_Part], list[_Part]] = ([], [])
        self.forget_news()
        self.show_unread(0)
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

    def show_load(
        self, workers: tuple[float, int] | None, own: tuple[float, int] = (0.0, 0)
    ) -> None:
        """What all workers use, and what we do: % of one core, and bytes; None for no workers."""
        self._load.setText("" if workers is None else _load(workers))
        told = "" if workers is None else f"Workers: {_load(workers)}\nSolofleet: {_load(own)}"
        self._load.setToolTip(told)
        self._load.setAccessibleDescription(told.replace("\n", ". "))
        self._fit()

    def show_checks(self, works: int, of: int, faults: int) -> None:
        """How far a set-up is, in place of workers and tasks."""
        self._parts = ([("text", works, f"of {of} checks passed"), ("err", faults, "to fix")], [])
        self._draw()

    def show_news(self, text: str) -> None:
        """The last thing that was said; of much, the beginning."""
        self._said = text
        self._news.setToolTip(f"{text}\n{NOTIFICATIONS}")
        self._news.setAccessibleName(f"Notifications, the last one: {text}")
        self._fit()

    def forget_news(self) -> None:
        """Nothing is to be told any more."""
        self._said = ""
        self._fit()
        self._news.setToolTip(NOTIFICATIONS)
        self._news.setAccessibleName("Notifications")

    def show_unread(self, count: int) -> None:
        """So many things were said that nobody has looked at."""
        self._unread.setVisible(count > 0)
        self._unread.setText(str(count) if count < 100 else "99+")
        self._unread.setAccessibleName(f"{count} new notifications")
        self._fit()

    def text(self) -> str:
        """What stands there, without colours."""
        return "  ".join(_plain(part) for parts in self._parts for part in _told(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more of the news, or for less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Numbers come first; the news has what they leave."""
        short = self._said
        if len(short) > LONGEST:
            short = f"{short[: LONGEST - 1].rstrip()}…"
        self._news.setText("")
        for layout in (self._end, self._row):
            layout.invalidate()
        room = self.width() - self._row.sizeHint().width() - GAP
        metrics = self._news.fontMetrics()
        self._news.setText(metrics.elidedText(short, Qt.TextElideMode.ElideRight, max(0, room)))

    def _draw(self) -> None:
        for shown, parts in zip((self._workers, self._tasks), self._parts, strict=True):
            shown.setText("&nbsp;&nbsp; ".join(self._html(part) for part in _told(parts)))
            shown.setAccessibleDescription(", ".join(_plain(part) for part in _told(parts)))
        self._fit()

    def _html(self, part: "_Part") -> str:
        token, number, word = part
        tokens = self._theme.tokens
        colour = getattr(tokens, token)
        return (
            f'<b style="color:{colour}">{grouped(number)}</b>'
            f' <span style="color:{tokens.text2}">{word}</span>'
        )


_Part = tuple[str, int, str]


def _load(used: tuple[float, int]) -> str:
    percent, memory = used
    return f"CPU {percent:.0f} %   {memory / 1e6:.0f} MB"


def _told(parts: Iterable[_Part]) -> list[_Part]:
    """The first always, the others where there is something to tell."""
    return [part for place, part in enumerate(parts) if place == 0 or part[1]]


def _plain(part: _Part) -> str:
    return f"{part[1]} {part[2]}"


def _rich(name: str) -> QLabel:
    made = QLabel()
    made.setAccessibleName(name)
    made.setTextFormat(Qt.TextFormat.RichText)
    return made

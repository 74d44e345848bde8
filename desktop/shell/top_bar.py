"""The bar at the top: which project, on which broker, and the few things one does all day."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from core.changes import BrokerKnown
from core.settings import MAX_WORKERS
from desktop.theme import tokens as sizes
from desktop.theme.theme import Theme
from desktop.widgets.badge import Badge
from desktop.widgets.buttons import TextButton
from desktop.widgets.grouped import grouped
from desktop.widgets.keyed_button import KeyedButton
from desktop.widgets.stepper import Stepper

SEARCH: Final = "Search or run a command"
ROOMY: Final = 1100
"""Pixels from which on the search says in words what it is."""
BEGINNING: Final = "Importing the app, and asking who else is on its broker"


class TopBar(QFrame):
    """Shows what it is told; `scaled`, `start_all`, `stop_all`, `send` and `search` are clicks."""

    scaled = Signal(int)
    start_all = Signal()
    stop_all = Signal()
    send = Signal()
    search = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top-bar")
        self.setFixedHeight(sizes.TOP_BAR)
        self._project = QLabel()
        self._project.setProperty("role", "card-title")
        self._place = Badge(theme)
        self._broker = Badge(theme)
        self._search = KeyedButton(
            theme, SEARCH, self.search.emit, "Ctrl+K", icon_name="find", role="field"
        )
        label = QLabel("Workers")
        label.setProperty("role", "text2")
        self._count = Stepper(theme, "Workers", 1, MAX_WORKERS, 1)
        self._count.changed.connect(self.scaled)
        self._start = TextButton(
            theme, "Start all", self.start_all.emit, icon_name="play", key="Ctrl+F5"
        )
        self._stop = TextButton(
            theme, "Stop all", self.stop_all.emit, icon_name="stop", key="Ctrl+F5"
        )
        self._send = TextButton(
            theme, "Send test task", self.send.emit, icon_name="send", role="primary", key="Ctrl+T"
        )
        self._tips = {button: button.toolTip() for button in (self._start, self._send)}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._project)
        row.addSpacing(4)
        row.addWidget(self._place)
        row.addWidget(self._broker)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addWidget(label)
        for widget in (self._count, self._start, self._stop, self._send):
            row.addWidget(widget)
        self._label, self._latency, self._queued, self._about = "", "", 0, ""
        self._answers = True
        self.show_broker(None, local=True)
        self.show_fleet(1, running=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is narrow says less."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._search.setText(SEARCH if roomy else "")
        self._search.show_key(roomy)
        self._detail()

    def show_project(self, name: str) -> None:
        """The project that is open."""
        self._project.setText(name)

    def show_broker(self, broker: BrokerKnown | None, *, local: bool) -> None:
        """Where tasks go. On a shared broker others' workers may take them, hence the colour."""
        known = broker is not None
        self._place.setVisible(known)
        self._broker.setVisible(known)
        if broker is None:
            return
        if local:
            self._place.tell("lock", "LOCAL", tone="ok")
        else:
            self._place.tell("warning", "SHARED BROKER", tone="warn")
        self._label = "Built-in broker" if broker.builtin else _host(broker.url)
        self._latency = "" if broker.latency_ms is None else f"{broker.latency_ms:.1f} ms"
        self._about = f"{broker.url}\n{broker.label}"
        self.show_answers(True)

    def show_answers(self, answers: bool) -> None:
        """Whether the broker does, as far as anybody has asked."""
        self._answers = answers
        icon, tone = ("broker", "plain") if answers else ("plug", "warn")
        self._broker.tell(icon, self._label, tone=tone)
        self._detail()

    def show_queued(self, count: int) -> None:
        """How many messages wait in the queues, of whoever sent them."""
        self._queued = count
        self._detail()

    def _detail(self) -> None:
        queued = f"{grouped(self._queued)} queued" if self._queued else ""
        roomy = self.width() >= ROOMY
        parts = (self._latency, queued if roomy else "") if self._answers else ("no answer",)
        self._broker.detail(", ".join(filter(None, parts)))
        self._broker.setToolTip("\n".join(filter(None, (self._about, queued))))

    def show_broker_gone(self) -> None:
        """The broker of our own has ended."""
        self._latency, self._queued, self._answers = "", 0, True
        self._broker.tell("plug", "Broker gone", tone="err")

    def allow(self, *, start: bool, send: bool) -> None:
        """What can be done; what cannot says why when it is pointed at."""
        for button, on, why in (
            (self._start, start, "Something is to be fixed before workers can be started"),
            (self._send, send, "There are no workers yet"),
        ):
            button.setEnabled(on)
            button.setToolTip(self._tips[button] if on else why)

    def show_beginning(self, on: bool) -> None:
        """Say that the workers are about to be started, or offer to start them."""
        self._start.setText("Starting…" if on else "Start all")
        self._start.setEnabled(not on)
        self._start.setToolTip(BEGINNING if on else self._tips[self._start])

    def show_fleet(self, count: int, *, running: bool) -> None:
        """How many workers there are to be, and whether any of them runs."""
        self._count.show_value(count)
        self._start.setVisible(not running)
        self._stop.setVisible(running)


def _host(url: str) -> str:
    return url.partition("://")[2].rpartition("@")[2].partition("/")[0].removesuffix(":6379")

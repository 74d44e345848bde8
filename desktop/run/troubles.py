"""Shows in each pane what its worker waits for and what went wrong with it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from core.changes import Diagnosed
from core.known.broker import BROKER
from core.logs.entry import parse
from core.session import Session
from core.workers.cause import known_cause
from core.workers.outcome import describe
from core.workers.phase import Phase, Worker
from core.workers.process import Exit
from desktop.desk import Desk
from desktop.logpane.banner import Banner
from desktop.logpane.pane import Pane
from desktop.logpane.trouble_card import Trouble, TroubleCard
from desktop.run.alone import AloneRuns
from desktop.run.panes import Panes
from desktop.run.trouble_words import CRASH, Crash, banner_words, crash_trouble, known_trouble
from desktop.theme.theme import Theme

TICK_MS: Final = 1000
LAST_LINES: Final = 30
SHOWN_LINES: Final = 3
DOWN: Final = (Phase.BACKOFF, Phase.CRASHED, Phase.FATAL)
_REST_OF_ID: Final = re.compile(r"(?<=\b[0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
_OF_BROKER: Final = frozenset(each.id for each in BROKER)
_CONNECTED: Final = (Phase.READY, Phase.BUSY)
_UP: Final = (Phase.STARTING, Phase.READY, Phase.BUSY, Phase.SUSPECT, Phase.BROKER_LOST)


class Troubles(QObject):
    """Keeps for each worker its last crash, and the known errors that its log told of.

    A pane shows one card at a time, the crash first; what is dismissed comes back only when it
    happens again as a crash.
    """

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        session: Session,
        panes: Panes,
        now: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._session = session
        self._panes = panes
        self._now = now
        self._before: dict[str, Worker] = {}
        self._crashes: dict[str, Crash] = {}
        self._known: defaultdict[str, dict[str, Trouble]] = defaultdict(dict)
        self._dismissed: set[tuple[str, str]] = set()
        self._banners: dict[str, Banner] = {}
        self._cards: dict[str, TroubleCard] = {}
        self._alone = AloneRuns(desk, session)
        hub = desk.hub
        hub.turned.connect(self._turned)
        hub.workers_changed.connect(self._workers_changed)
        hub.tasks_changed.connect(self._tasks_changed)
        hub.diagnosed.connect(self._diagnosed)
        ticking = QTimer(self)
        ticking.setInterval(TICK_MS)
        ticking.timeout.connect(self._tick)
        ticking.start()

    # --- What happens ---

    def _turned(self, workers: Iterable[Worker]) -> None:
        for worker in workers:
            before = self._before.get(worker.name)
            self._before[worker.name] = worker
            if worker.phase in _CONNECTED and before is not None and before.phase in _UP:
                self._broker_is_back(worker.name)
            if before is not None and (crash := self._crash(before, worker)) is not None:
                self._crashes[worker.name] = crash
                self._dismissed.discard((worker.name, CRASH))

    def _broker_is_back(self, name: str) -> None:
        """What its log told of the broker is past."""
        for key in self._known[name].keys() & _OF_BROKER:
            del self._known[name][key]

    def _crash(self, before: Worker, worker: Worker) -> Crash | None:
        """The crash that lies between two states; None when nothing went wrong."""
        killed = worker.run > before.run and before.phase in _UP and before.leaving is None
        if worker.phase not in DOWN and not (killed and not before.overdue and worker.exit):
            return None
        lines = self._last_lines(worker.name)
        words, outside = worker.why, False
        if worker.phase not in DOWN:
            outcome = describe(_exit(worker), lines)
            words, outside = outcome.words, outcome.killed_from_outside
        known = None if outside else known_cause(lines)
        last = self._crashes.get(worker.name)
        return Crash(
            worker,
            words,
            1 if last is None else last.times + 1,
            outside,
            before.task,
            known,
            tuple(_short(text) for text in lines[-SHOWN_LINES:]),
            self._session.log(worker.name).end - 1 if lines else None,
        )

    def _last_lines(self, name: str) -> list[str]:
        store = self._session.log(name)
        return store.slice(max(store.first, store.end - LAST_LINES), store.end)

    def _diagnosed(self, met: Diagnosed) -> None:
        self._known[met.worker][met.error.id] = known_trouble(met)
        self._show(met.worker)

    def _workers_changed(self, names: frozenset[str]) -> None:
        for name in names:
            self._show(name)

    def _tasks_changed(self, moved: object) -> None:
        for name in tuple(self._cards):
            self._show(name)

    def _tick(self) -> None:
        for worker in self._session.company.everybody():
            if worker.name in self._banners or worker.name in self._cards:
                self._show(worker.name)

    # --- What is shown ---

    def _show(self, name: str) -> None:
        worker = next((w for w in self._session.company.everybody() if w.name == name), None)
        if worker is None or not self._panes.has(name):
            return
        pane = self._panes.pane(name)
        self._show_banner(pane, worker)
        self._show_card(pane, worker)

    def _show_banner(self, pane: Pane, worker: Worker) -> None:
        words = banner_words(worker, self._now())
        banner = self._banners.get(worker.name)
        if words is None:
            if banner is not None:
                del self._banners[worker.name]
                pane.show_banner(None)
        elif banner is not None:
            banner.show_words(words)
        else:
            self._banners[worker.name] = banner = Banner(self._theme, words)
            banner.pressed.connect(partial(self._pressed, worker.name))
            pane.show_banner(banner)

    def _show_card(self, pane: Pane, worker: Worker) -> None:
        name = worker.name
        troubles = [
            each for each in self._troubles(worker) if (name, each.key) not in self._dismissed
        ]
        card = self._cards.get(name)
        if troubles and card is not None and card.trouble.grave == troubles[0].grave:
            card.show_trouble(troubles[0], len(troubles))
            return
        if card is not None:
            del self._cards[name]
            pane.show_card(None)
        if troubles:
            self._cards[name] = card = TroubleCard(self._theme, troubles[0])
            card.show_trouble(troubles[0], len(troubles))
            card.start_asked.connect(partial(self._desk.start, name))
            card.alone_asked.connect(partial(self._run_alone, name))
            card.dismissed.connect(partial(self._dismiss, name))
            pane.show_card(card)

    def _troubles(self, worker: Worker) -> Iterable[Trouble]:
        """The crash, then the known errors of which it does not tell itself, the latest first."""
        crash = self._crashes.get(worker.name)
        told = None
        if crash is not None:
            task = crash.task and self._session.ledger.task(crash.task.id)
            ended = task.state if task else None
            again = self._alone.words(task) if task else ""
            can = task is not None and self._alone.can(task)
            yield crash_trouble(crash, worker, ended, again, can)
            told = crash.known.id if crash.known else None
        for trouble in reversed(self._known[worker.name].values()):
            if trouble.key != told:
                yield trouble

    def _dismiss(self, name: str, key: str) -> None:
        self._dismissed.add((name, key))
        self._show(name)

    def _run_alone(self, name: str, task_id: str) -> None:
        self._alone.begin(task_id, name)
        self._show(name)

    def _pressed(self, name: str) -> None:
        match self._before[name].phase:
            case Phase.STOPPING:
                self._desk.stop(name, now=True)
            case Phase.SUSPECT:
                self._desk.restart(name)
            case _:
                self._desk.start(name)


def _short(line: str) -> str:
    """A line without what is the same in all, its ids cut to what panes show of them."""
    return _REST_OF_ID.sub("", parse(line).message)


def _exit(worker: Worker) -> Exit:
    """How its last process ended, as `Worker.exit` has it."""
    assert worker.exit is not None
    return Exit(None, -worker.exit) if worker.exit < 0 else Exit(worker.exit, None)

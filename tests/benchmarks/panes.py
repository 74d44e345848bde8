"""Eight log panes that are fed at 10,000, 50,000 and 200,000 lines a second, offscreen.

Beside Qt's own QPlainTextEdit with a limit in blocks. What is told is how late a timer of 16 ms
fires, which is what a person feels; and what one repaint of a pane takes. On a busy machine others
make the timer late: the CPU time between two ticks is what it could be late on a quiet one.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QGridLayout, QPlainTextEdit, QWidget

from core.logs.store import LogStore
from core.workers.phase import Phase
from desktop.logpane.pane import Pane
from desktop.theme.looks import WORKER
from desktop.theme.style import mono_font
from desktop.theme.theme import Choice, Theme
from tests.benchmarks.outcome import Bar, Outcome

PANES = 8
RATES = (10_000, 50_000, 200_000)
KEPT = 20_000
TICK_MS = 16
FRAME_MS = 40
RUN_MS = 2000
ROUNDS = 3
ID = "9b7e41d0-55c1-4f0a-9d1e-0a1b2c3d4e5f"


@dataclass(frozen=True)
class Run:
    """What one run showed: of each tick, lateness and the work before it in ms; CPU of a core."""

    late: list[float]
    work: list[float]
    cpu: float


def p99(values: list[float]) -> float:
    """What 99 of 100 of these are at most."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def measure() -> Outcome:
    """How late the timer fires, with each kind of pane at each rate."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application, Choice.DARK)
    samples: dict[str, list[float]] = {}
    cpu: dict[int, list[float]] = {rate: [] for rate in RATES}
    work: list[float] = []
    for _ in range(ROUNDS):
        for rate in RATES:
            own = _run(rate, *_own(theme))
            cpu[rate].append(own.cpu)
            samples.setdefault(f"log pane, {rate:,}/s", []).append(p99(own.late))
            work.append(p99(own.work))
            plain = _run(rate, *_plain())
            samples.setdefault(f"QPlainTextEdit, {rate:,}/s", []).append(p99(plain.late))
    worst = max(median(values) for name, values in samples.items() if name.startswith("log"))
    bars = (
        Bar("ms late at most, of our panes", worst, most=16),
        Bar(
            "CPU at 200,000/s beside 10,000/s",
            median(cpu[RATES[-1]]) / median(cpu[RATES[0]]),
            most=1.5,
        ),
        Bar("ms of work between two ticks, p99", median(work), most=16),
        Bar("CPU at 200,000/s, of a core", median(cpu[RATES[-1]]), most=0.5),
        Bar("ms of a repaint", _repaint_ms(theme), most=1.5),
    )
    return Outcome("8 panes", "ms late, p99", samples, bars)


def lines(count: int) -> str:
    """Lines as Celery prints them."""
    head = "[2026-11-25 21:42:49,101: INFO/MainProcess] Task cart.reprice"
    return "".join(f"{head}[{ID}] succeeded in 0.{n:09}s: None\n" for n in range(count))


def _window(panes: list[QWidget]) -> QWidget:
    window = QWidget()
    grid = QGridLayout(window)
    for index, pane in enumerate(panes):
        grid.addWidget(pane, index // 4, index % 4)
    window.resize(1600, 1000)
    window.show()
    return window


def _own(theme: Theme) -> tuple[QWidget, Callable[[str], None]]:
    stores = [LogStore(max_lines=KEPT) for _ in range(PANES)]
    block = lines(KEPT).encode()
    for store in stores:
        store.append(block)
    look = WORKER[Phase.READY]
    panes = [Pane(theme, n + 1, f"worker{n + 1}", look, store) for n, store in enumerate(stores)]

    def feed(text: str) -> None:
        for store, pane in zip(stores, panes, strict=True):
            store.append(text.encode())
            pane.grew()

    return _window([*panes]), feed


def _plain() -> tuple[QWidget, Callable[[str], None]]:
    edits = [QPlainTextEdit(readOnly=True, maximumBlockCount=KEPT) for _ in range(PANES)]
    for edit in edits:
        edit.setFont(mono_font())
        edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        edit.setPlainText(lines(KEPT))

    def feed(text: str) -> None:
        for edit in edits:
            edit.appendPlainText(text[:-1])

    return _window([*edits]), feed


def _run(rate: int, window: QWidget, feed: Callable[[str], None]) -> Run:
    text = lines(rate * FRAME_MS // 1000 // PANES)
    late: list[float] = []
    work: list[float] = []
    clock, due, spent = QElapsedTimer(), [0.0], [0.0]
    clock.start()

    def tick() -> None:
        now = clock.nsecsElapsed() / 1e6
        late.append(max(0.0, now - due[0]))
        work.append((time.thread_time() - spent[0]) * 1000)
        due[0], spent[0] = now + TICK_MS, time.thread_time()

    loop = QEventLoop()
    QTimer.singleShot(200, loop.quit)
    loop.exec()
    frames, ticks = QTimer(interval=FRAME_MS), QTimer(interval=TICK_MS)
    frames.timeout.connect(lambda: feed(text))
    ticks.timeout.connect(tick)
    used = time.process_time()
    due[0], spent[0] = clock.nsecsElapsed() / 1e6 + TICK_MS, time.thread_time()
    frames.start()
    ticks.start()
    QTimer.singleShot(RUN_MS, loop.quit)
    loop.exec()
    frames.stop()
    ticks.stop()
    cpu = (time.process_time() - used) / (RUN_MS / 1000)
    window.deleteLater()
    loop.processEvents()
    return Run(late, work, cpu)


def _repaint_ms(theme: Theme) -> float:
    """CPU time of laying out and painting one of the panes, all of its rows new."""
    window, feed = _own(theme)
    QApplication.processEvents()
    views = [pane.view for pane in window.findChildren(Pane)]
    text = lines(100)
    took: list[float] = []
    for _ in range(50):
        feed(text)
        begin = time.thread_time()
        for view in views:
            view.document.grow()
            view.lay_out()
            view.viewport().repaint()
        took.append((time.thread_time() - begin) * 1000 / PANES)
    window.deleteLater()
    return median(took)

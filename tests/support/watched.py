"""The real window in a process of its own, which tells on its standard output what is measured.

`python -m tests.support.watched bare` shows an empty QMainWindow, `curtain` what Solofleet shows
first, `window` its window behind that, each until it is painted for the first time ("painted").

`fleet FOLDER APP WORKERS` opens a project on the built-in broker, starts its workers, tells when
all are ready ("ready"), and then how late Qt's timers fire: of each second the worst, the most
processor time that Qt's thread had between two ticks, which is what the window itself is late by,
and the tasks that have ended well ("late MS MS TASKS"). A line "TASK COUNT" on its standard input
sends tasks; it ends with that input. `idle` is the same without those ticks, which cost something
themselves.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

TICK_MS = 16


def tell(*words: object) -> None:
    print(*words, flush=True)


class FirstPaint(QObject):
    """Lets a window of this kind paint, tells of it and ends the process, whatever was begun."""

    def __init__(self, application: QApplication, kind: type[QWidget]) -> None:
        super().__init__(application)
        self._application = application
        self._kind = kind
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        paints = event.type() is QEvent.Type.Paint and isinstance(watched, QWidget)
        if paints and isinstance(watched.window(), self._kind):
            self._application.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            tell("painted")
            os._exit(0)
        return False


class Lateness(QObject):
    """How late a timer fires that is to fire sixty times a second."""

    def __init__(self, parent: QObject, done: Callable[[], int]) -> None:
        super().__init__(parent)
        self._done = done
        self._clock = QElapsedTimer()
        self._worst = self._work = 0.0
        self._spent = time.thread_time()
        self._ticks = 0
        ticks = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        ticks.timeout.connect(self._tick)
        self._clock.start()
        ticks.start()

    def _tick(self) -> None:
        took, spent = self._clock.nsecsElapsed() / 1e6, time.thread_time()
        self._clock.restart()
        self._worst = max(self._worst, took - TICK_MS)
        self._work = max(self._work, (spent - self._spent) * 1000)
        self._spent = spent
        self._ticks += 1
        if self._ticks * TICK_MS >= 1000:
            tell("late", f"{self._worst:.1f}", f"{self._work:.1f}", self._done())
            self._worst = self._work = 0.0
            self._ticks = 0


def bare() -> None:
    application = QApplication([])
    FirstPaint(application, QMainWindow)
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    application.exec()


def shown(kind: type[QWidget]) -> None:
    from desktop import start  # noqa: PLC0415 - its imports are part of what is measured

    class Application(QApplication):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            FirstPaint(self, kind)

    start.QApplication = Application
    start.start()


def fleet(folder: str, app_name: str, workers: int, *, ticks: bool) -> None:
    import asyncio  # noqa: PLC0415 - see above

    from qasync import QEventLoop  # noqa: PLC0415

    from core.secret import Secret  # noqa: PLC0415
    from core.tasks.call import TaskCall  # noqa: PLC0415
    from core.wishes import BUILTIN, Wishes  # noqa: PLC0415
    from core.workers.phase import Phase  # noqa: PLC0415
    from desktop.desk import Desk  # noqa: PLC0415
    from desktop.garbage import Garbage  # noqa: PLC0415
    from desktop.theme.theme import Theme  # noqa: PLC0415
    from desktop.welcome.recents import Recents  # noqa: PLC0415
    from desktop.window import Window  # noqa: PLC0415

    application = QApplication([])
    Garbage(application)

    async def live() -> None:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()

        def listen() -> None:
            for line in sys.stdin:
                task, count = line.split()
                loop.call_soon_threadsafe(send, TaskCall(task, (), {}, count=int(count)))
            loop.call_soon_threadsafe(ended.set)

        def send(call: TaskCall) -> None:
            assert desk.session is not None
            desk.do(desk.session.send(call))

        async with asyncio.TaskGroup() as jobs:
            desk = Desk(jobs, dict(os.environ))
            recents = Recents(Path(tempfile.mkdtemp()) / "recent.json")
            window = Window(Theme(application), desk, recents, loop.time)
            window.show()
            opened = asyncio.Event()
            desk.opened.connect(opened.set)
            desk.failed.connect(tell)
            wishes = Wishes(workers=workers, broker=Secret(BUILTIN))
            desk.open(folder, wishes, app=app_name, python=sys.executable, start=True)
            await opened.wait()
            session = desk.session
            assert session is not None
            await session.until(
                lambda: all(worker.phase is Phase.READY for worker in session.supervisor.workers)
            )
            tell("ready")
            if ticks:
                Lateness(window, lambda: session.ledger.counts.totals().succeeded)
            threading.Thread(target=listen, daemon=True).start()
            await ended.wait()
            desk.close()
            await desk.gone()
            window.deleteLater()

    with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
        runner.run(live())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["curtain"]:
            shown(QWidget)
        case ["window"]:
            shown(QMainWindow)
        case ["fleet" | "idle" as kind, folder, app_name, workers]:
            fleet(folder, app_name, int(workers), ticks=kind == "fleet")
        case _:
            sys.exit(__doc__)

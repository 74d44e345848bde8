"""A session that is played: its worker does what a test says."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from core.bridge.surroundings import Surroundings
from core.changes import BrokerKnown, Change, Said, WorkerChanged
from core.errors import FleetError
from core.logs.store import LogStore
from core.settings import Settings
from core.tasks.call import TaskCall
from core.tasks.facts import Failed, Started, Succeeded
from core.tasks.ledger import Ledger
from core.workers.mode import Mode
from core.workers.phase import Stage, Worker
from core.workers.usage import Usage

NODE = "worker1@box"
UP = Worker(NODE, Stage.UP, pid=7, run=1)
BROKER = BrokerKnown("redis://127.0.0.1:6379/0", False, "the project's broker", 0.4)


class FakeSession:
    """`asked` is what was asked of it, in order.

    A start makes its worker `starts_as`; a stop ends it unless it is `stubborn`, a stop now unless
    it is `deaf` as well; `unsettled`: the broker keeps silent. A sent task is `played`: "succeed",
    "fail", "hang" or an exception. A `refusal` meets the check of a task.
    """

    size_reason = "as asked"
    settings = Settings()
    mode = Mode.FLEET
    lossy = False
    failure: FleetError | None = None

    def __init__(self) -> None:
        self.publish: Callable[[Change], None] = lambda change: None
        self.asked: list[str] = []
        self.starts_as = UP
        self.stubborn = False
        self.deaf = False
        self.unsettled = False
        self.refusal: FleetError | None = None
        self.played: str | Exception = "succeed"
        self.around = Surroundings(BROKER, local=True, foreign=())
        self.project = SimpleNamespace(
            app="proj",
            workdir=Path("/proj"),
            interpreter=SimpleNamespace(path=Path("/python")),
            candidates=[SimpleNamespace(app="proj")],
            notes=["a note"],
        )
        self.ledger = Ledger()
        self.rows: tuple[Worker, ...] = ()
        self.choice = SimpleNamespace(notes=[])
        self.used: Usage | None = None
        self._pulse = asyncio.Event()
        self._worker = Worker(NODE)
        self._log = LogStore()

    @property
    def company(self) -> "FakeSession":
        return self

    def everybody(self) -> tuple[Worker, ...]:
        return (*self.workers, *self.rows)

    @property
    def meter(self) -> "FakeSession":
        return self

    async def look(self) -> None:
        pass

    def usage(self, name: str) -> Usage | None:
        return self.used

    @property
    def supervisor(self) -> "FakeSession":
        return self

    @property
    def workers(self) -> tuple[Worker, ...]:
        return (self._worker,)

    def log(self, name: str) -> LogStore:
        return self._log

    async def __aenter__(self) -> "FakeSession":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.asked.append("close")

    async def look_around(self) -> Surroundings:
        return self.around

    def say(self, text: str) -> None:
        self.publish(Said(None, text))

    def start(self) -> None:
        self.asked.append("start")
        self.become(self.starts_as)

    def stop(self, *, now: bool = False) -> None:
        self.asked.append("stop now" if now else "stop")
        if (now and not self.deaf) or not self.stubborn:
            self.become(Worker(NODE, Stage.EXITED, exit=0))

    def become(self, worker: Worker) -> None:
        self._worker = worker
        self.publish(WorkerChanged(worker))
        self._pulse.set()

    async def check(self, call: TaskCall) -> str:
        if self.refusal is not None:
            raise self.refusal
        return call.queue or "celery"

    async def send(self, call: TaskCall) -> tuple[str, ...]:
        if isinstance(self.played, Exception):
            raise self.played
        self.asked.append(f"send {call.task}")
        for change in self.ledger.sent(("t1",), call.task, 0.0):
            self.publish(change)
        self._told(Started(1.0, "t1", call.task))
        if self.played == "succeed":
            self._told(Succeeded(2.0, "t1", call.task, 0.1, "3", None, None, False))
        elif self.played == "fail":
            self._told(Failed(2.0, "t1", call.task, 0.1, "ValueError('x')", None, None))
        return ("t1",)

    def wake(self) -> None:
        self._pulse.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._pulse.clear()
            await self._pulse.wait()

    def all_gone(self) -> bool:
        return not self._worker.alive

    def all_settled(self) -> bool:
        waiting = self.unsettled or self._worker.stage is Stage.BACKOFF
        return not self._worker.alive and not waiting

    def _told(self, fact: Started | Succeeded | Failed) -> None:
        for change in self.ledger.apply(NODE, 1, fact, 0.0):
            self.publish(change)
        self._pulse.set()

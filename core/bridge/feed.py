"""Hears what workers tell through the broker, by a script in the user's interpreter."""

import asyncio
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final, assert_never

from core.bridge.events import Deaf, Heard, Listening, Refused, WorkerEvent, decode
from core.errors import UNAVAILABLE, FleetError
from core.places import INSIDE
from core.tasks.telemetry import NotTelemetry
from core.workers.containment import Containment
from core.workers.process import ChildSpec, Exit, spawn
from core.workers.spec import WorkerSpec

START_S: Final = 30.0
AGAIN_FIRST_S: Final = 0.5
AGAIN_LATER_S: Final = 30.0
KEPT_LINES: Final = 15


class Feed:
    """One `events.py` process, started again when it dies.

    `on_event` gets what every worker on the broker tells, whoever started it: each event of each
    task with "tasks" in `hears`, and digests of them with "digests". `begin` is called before each
    process, which counts from zero. `say` gets what people should know.
    """

    python = ""
    """The version of the user's interpreter, once it is known."""

    def __init__(
        self,
        spec: WorkerSpec,
        containment: Containment,
        *,
        on_event: Callable[[WorkerEvent], None],
        say: Callable[[str], None],
        hears: tuple[str, ...] = ("tasks",),
        begin: Callable[[], None] = lambda: None,
        script: Path = INSIDE / "events.py",
    ) -> None:
        self._script = script
        self._spec = spec
        self._containment = containment
        self._on_event = on_event
        self._say = say
        self._hears = hears
        self._begin = begin
        self._decided = asyncio.Event()
        self._trouble: FleetError | None = None
        self._deaf: str | None = None
        self._deaf_said = False

    async def listening(self) -> None:
        """Wait until events are heard; what is sent before then is missed.

        Raises FleetError: the app cannot be imported, leads to another broker, or the broker does
        not answer.
        """
        try:
            async with asyncio.timeout(START_S):
                await self._decided.wait()
        except TimeoutError:
            raise FleetError(
                f"Celery's events could not be listened to within {START_S:g} s",
                self._deaf or "the app hangs in its import, or the broker does not answer",
                "check that the broker runs and can be reached from here",
                exit_code=UNAVAILABLE,
            ) from None
        if self._trouble is not None:
            raise self._trouble

    async def run(self) -> None:
        """Listen until cancelled."""
        pause_s = AGAIN_FIRST_S
        while True:
            ear = _Ear(self._heard, self._say)
            try:
                await self._listen(ear)
            except FleetError as error:
                self._heard(Refused(error))
            if ear.listened:
                pause_s = AGAIN_FIRST_S
            self._say_deaf(f"; trying again in {pause_s:g} s: {self._why(ear)}")
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, AGAIN_LATER_S)

    async def _listen(self, ear: "_Ear") -> None:
        """The life of one process."""
        self._decided.clear()
        self._trouble = self._deaf = None
        spec = ChildSpec(
            "the listener to events",
            (str(self._spec.python), str(self._script)),
            self._spec.environment(),
            self._spec.workdir,
            takes_commands=True,
        )
        child = await spawn(spec, ear, self._containment)
        try:
            self._begin()
            child.send(self._spec.first_words("events", hears=self._hears))
            await child.wait()
        finally:
            child.kill()
            await child.wait()
        if self._trouble is None:
            self._decided.clear()

    def _why(self, ear: "_Ear") -> str:
        if self._trouble is not None:
            return f"{self._trouble.what}: {self._trouble.why}"
        return ear.last_words or "the process that listens ended without a word"

    def _heard(self, heard: Heard) -> None:
        match heard:
            case WorkerEvent():
                self._on_event(heard)
            case Listening():
                self.python, self._deaf = heard.python, None
                self._decided.set()
                if self._deaf_said:
                    self._say("Celery's events are heard again; those sent meanwhile were missed")
                self._deaf_said = False
            case Deaf():
                if self._decided.is_set():
                    self._say_deaf(f": {heard.error}")
                self._deaf = heard.error
                self._decided.clear()
            case Refused():
                self._trouble = heard.error
                self._decided.set()
            case _:
                assert_never(heard)

    def _say_deaf(self, more: str) -> None:
        self._say(f"Celery's events are not heard{more}")
        self._deaf_said = True


class _Ear:
    """The listener of one process: whole lines out of bytes."""

    def __init__(self, heard: Callable[[Heard], None], say: Callable[[str], None]) -> None:
        self.listened = False
        self._heard = heard
        self._say = say
        self._rest = b""
        self._refused = 0
        self._last = deque[str](maxlen=KEPT_LINES)

    def out(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            try:
                heard = decode(line)
            except NotTelemetry as error:
                self._refuse(error)
            else:
                self.listened |= isinstance(heard, Listening)
                self._heard(heard)

    def err(self, chunk: bytes) -> None:
        self._last.extend(chunk.decode(errors="replace").splitlines())

    def exited(self, exit: Exit) -> None:
        pass  # `Child.wait` tells

    @property
    def last_words(self) -> str:
        lines = [line.strip() for line in self._last if line.strip()]
        return lines[-1] if lines else ""

    def _refuse(self, error: NotTelemetry) -> None:
        self._refused += 1
        if f"{self._refused}".rstrip("0") == "1":  # the 1st, 10th, 100th ...: there may be floods
            self._say(f"{self._refused} events were not understood; last: {error}")

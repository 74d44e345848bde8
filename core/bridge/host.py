"""A script of `resources/inside` that answers questions from the user's interpreter."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from typing import Any, Final, cast

from core.errors import UNAVAILABLE, FleetError
from core.places import INSIDE
from core.secret import mask_url
from core.workers.alarm import Alarm
from core.workers.cause import likely_cause
from core.workers.containment import Containment
from core.workers.process import Child, ChildSpec, Exit, spawn
from core.workers.spec import WorkerSpec, as_line

START_S: Final = 30.0
KEPT_LINES: Final = 30
_DEADLINE: Final = "call"


class NoAnswer(FleetError):
    """A call went out and no answer came: nobody knows whether it was carried out."""


class Host:
    """One `calls.py` process, started when first needed and again after it died.

    Answers come in the order of the calls. A call that gets none before its deadline takes the
    process down with it: something in there hangs, and the next call gets a fresh one. So does a
    call that is cancelled, for its answer would be taken for that of the next one.
    """

    def __init__(self, spec: WorkerSpec, containment: Containment) -> None:
        self._spec = spec
        self._containment = containment
        self._talk: _Talk | None = None
        self._turn = asyncio.Lock()
        self._number = 0
        self._closed = False
        self._alarm = Alarm(lambda key: self._overdue(), lambda gap_s: None)

    async def call(self, kind: str, *, deadline_s: float, **fields: object) -> Mapping[str, Any]:
        """Carry out one operation of `calls.py`.

        Raises FleetError when the app cannot be imported or the operation failed, NoAnswer when
        none came within `deadline_s`, which does not count the start of the process.
        """
        async with self._turn:
            talk = await self._started()
            self._number += 1
            talk.child.send(as_line({"id": self._number, "kind": kind, **fields}))
            answer = await self._answer(talk, deadline_s, f"{kind} in {self._spec.app}", NoAnswer)
        if answer.get("kind") == "error":
            raise _as_error(answer)
        return answer

    async def renew(self) -> None:
        """Have the next call answered by a process that has read the app as it is by then."""
        async with self._turn:
            if self._talk is not None:
                self._talk.end()
                await self._talk.child.wait()

    async def close(self) -> None:
        """End the process, and answer no more."""
        self._closed = True
        self._alarm.close()
        if self._talk is not None:
            self._talk.end()
            await self._talk.child.wait()

    async def _started(self) -> "_Talk":
        if self._talk is not None and not self._talk.ended:
            return self._talk
        if self._closed:
            raise FleetError(
                f"{self._spec.app} is not asked any more",
                "the project is closed",
                "open it again",
                exit_code=UNAVAILABLE,
            )
        talk = _Talk()
        spec = ChildSpec(
            "the interpreter that is asked about the app",
            (str(self._spec.python), str(INSIDE / "calls.py")),
            self._spec.environment(),
            self._spec.workdir,
            takes_commands=True,
        )
        talk.child = await spawn(spec, talk, self._containment)
        self._talk = talk
        if self._closed:
            talk.end()
        talk.child.send(self._spec.first_words("calls"))
        hello = await self._answer(talk, START_S, f"importing {self._spec.app}", FleetError)
        if hello.get("kind") == "error":
            talk.end()
            raise _as_error(hello)
        return talk

    async def _answer(
        self, talk: "_Talk", deadline_s: float, doing: str, error: type[FleetError]
    ) -> Mapping[str, Any]:
        self._alarm.set(_DEADLINE, asyncio.get_running_loop().time() + deadline_s)
        try:
            answer = await talk.answers.get()
        except asyncio.CancelledError:
            talk.end()
            raise
        finally:
            self._alarm.forget(_DEADLINE)
        if answer is not None:
            return answer
        if talk.overdue:
            raise error(
                f"{doing} gave no answer within {deadline_s:g} s",
                talk.told() or "the broker does not answer, or the app hangs in its import",
                "check that the broker runs and can be reached from here",
                exit_code=UNAVAILABLE,
            )
        if self._closed:
            raise error(
                f"{doing} was given up",
                "no answer had come when the project was closed",
                "open it again",
                exit_code=UNAVAILABLE,
            )
        raise error(
            f"{doing} ended the interpreter",
            talk.told() or "it said nothing",
            f"start it by hand to see: celery -A {self._spec.app} inspect ping",
            exit_code=UNAVAILABLE,
        )

    def _overdue(self) -> None:
        assert self._talk is not None  # a deadline is set for a talk, and forgotten with it
        self._talk.overdue = True
        self._talk.end()


class _Talk:
    """The listener of one process: whole answers out of bytes, None when there are no more."""

    child: Child

    def __init__(self) -> None:
        self.ended = False
        self.overdue = False
        self.answers: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        self._rest = b""
        self._last = deque[str](maxlen=KEPT_LINES)

    def end(self) -> None:
        """Take no more calls; the end of the process is the last answer."""
        self.ended = True
        self.child.kill()

    def told(self) -> str:
        """The likely cause of its end, or its last words."""
        lines = [line.strip() for line in self._last if line.strip()]
        return mask_url(likely_cause(lines) or (lines[-1] if lines else ""))

    def out(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            try:
                answer: object = json.loads(line)
            except ValueError:
                answer = None
            if isinstance(answer, dict):
                self.answers.put_nowait(cast("Mapping[str, Any]", answer))
            else:  # what the interpreter says before our script takes its standard output
                self.err(line)

    def err(self, chunk: bytes) -> None:
        self._last.extend(chunk.decode(errors="replace").splitlines())

    def exited(self, exit: Exit) -> None:
        self.ended = True
        self.answers.put_nowait(None)


def _as_error(answer: Mapping[str, Any]) -> FleetError:
    what, why, fix = (mask_url(str(answer.get(key))) for key in ("what", "why", "fix"))
    return FleetError(what, why, fix, exit_code=UNAVAILABLE)

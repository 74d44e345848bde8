"""A script of `resources/inside` that answers questions from the user's interpreter."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from core.errors import UNAVAILABLE, FleetError
from core.places import INSIDE
from core.workers.containment import Containment
from core.workers.process import Child, ChildSpec, Exit, spawn
from core.workers.spec import WorkerSpec, as_line

START_S: Final = 30.0
KEPT_LINES: Final = 15


class Host:
    """One `calls.py` process, started when first needed and again after it died.

    Answers come in the order of the calls. A call that gets none before its deadline takes the
    process down with it: something in there hangs, and the next call gets a fresh one.
    """

    def __init__(self, spec: WorkerSpec, containment: Containment) -> None:
        self._spec = spec
        self._containment = containment
        self._talk: _Talk | None = None
        self._lock = asyncio.Lock()
        self._number = 0

    async def call(self, kind: str, *, deadline_s: float, **fields: object) -> Mapping[str, Any]:
        """Carry out one operation of `calls.py`.

        Raises FleetError when the app cannot be imported, the operation failed, or no answer came
        within `deadline_s`, which does not count the start of the process.
        """
        async with self._lock:
            talk = await self._started()
            self._number += 1
            talk.child.send(as_line({"id": self._number, "kind": kind, **fields}))
            answer = await talk.next(deadline_s, f"{kind} in {self._spec.app}")
        if answer["kind"] == "error":
            raise _as_error(answer)
        return answer

    async def close(self) -> None:
        """End the process; nothing when there is none."""
        if self._talk is not None:
            self._talk.child.kill()
            await self._talk.child.wait()
            self._talk = None

    async def _started(self) -> "_Talk":
        if self._talk is None or self._talk.ended:
            self._talk = talk = _Talk()
            spec = ChildSpec(
                "the bridge into the project",
                (str(self._spec.python), str(INSIDE / "calls.py")),
                self._spec.environment(),
                self._spec.workdir,
                takes_commands=True,
            )
            try:
                talk.child = await spawn(spec, talk, self._containment)
            except BaseException:
                self._talk = None
                raise
            talk.child.send(self._spec.first_words("calls"))
            hello = await talk.next(START_S, f"importing {self._spec.app}")
            if hello["kind"] == "error":
                raise _as_error(hello)
        return self._talk


class _Talk:
    """The listener of one process: whole answers out of bytes."""

    child: Child

    def __init__(self) -> None:
        self.ended = False
        self._rest = b""
        self._answers: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        self._last = deque[str](maxlen=KEPT_LINES)

    def out(self, chunk: bytes) -> None:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._answers.put_nowait(json.loads(line))

    def err(self, chunk: bytes) -> None:
        self._last.extend(chunk.decode(errors="replace").splitlines())

    def exited(self, exit: Exit) -> None:
        self.ended = True
        self._answers.put_nowait(None)

    async def next(self, deadline_s: float, doing: str) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(deadline_s):
                answer = await self._answers.get()
        except TimeoutError:
            self.ended = True
            self.child.kill()
            raise FleetError(
                f"{doing} gave no answer within {deadline_s:g} s",
                self._told() or "the broker does not answer, or the app hangs in its import",
                "check that the broker runs and can be reached from here",
                exit_code=UNAVAILABLE,
            ) from None
        except asyncio.CancelledError:
            # its answer would be taken for that of the next call
            self.ended = True
            self.child.kill()
            raise
        if answer is None:
            raise FleetError(
                f"{doing} ended the interpreter",
                self._told() or "it said nothing",
                "start it by hand to see: celery -A APP inspect ping",
                exit_code=UNAVAILABLE,
            )
        return answer

    def _told(self) -> str:
        lines = [line.strip() for line in self._last if line.strip()]
        return lines[-1] if lines else ""


def _as_error(answer: Mapping[str, Any]) -> FleetError:
    return FleetError(answer["what"], answer["why"], answer["fix"], exit_code=UNAVAILABLE)

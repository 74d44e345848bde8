"""Runs the proof on a ground: sends what it needs, and tells what comes back."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from core.broker.servers import find_server
from core.errors import TIMED_OUT, UNAVAILABLE, FleetError
from core.logs.redact import Redactor
from core.places import INSIDE
from core.render.proving.event import Step, StepEnded, StepEvent, StepSaid, StepStarted
from core.render.proving.ground import Ground
from core.render.proving.plan import Plan
from core.workers.containment import Containment
from core.workers.process import Child, ChildSpec, Exit, spawn
from core.workers.spec import as_line

PART: Final = 256 * 1024
"""Bytes of the commit that are sent at once: less than a child may leave unread."""
CLEARS_S: Final = 20.0
"""How long it may take to remove what it made, once it is told to leave."""
_KEPT: Final = 2000
_PLACE: Final = re.compile(
    r"\S*?/solofleet-proof-\d+-\w+/(?:src/?|venv\d+/lib/python[\d.]+/(?:site-packages/)?)?"
)


async def prove(
    plan: Plan,
    ground: Ground,
    archive: Path,
    containment: Containment,
    limit_s: float | None = None,
) -> AsyncGenerator[StepEvent]:
    """Yield what happens there; `archive` is the commit as a tar file.

    When the generator is closed, everything there is ended and removed. `limit_s` is for all of it.
    Raises FleetError: it could not be started, it ended in the middle, the time is over.
    """
    broker = await asyncio.to_thread(_server) if ground.here else None
    talk = _Talk(plan, ground.label)
    spec = ChildSpec(
        f"the proof on {ground.label}", ground.argv, ground.env, archive.parent, takes_commands=True
    )
    child = await spawn(spec, talk, containment)
    deadline = asyncio.get_running_loop().time() + (limit_s or _longest(plan))
    try:
        for line in await asyncio.to_thread(_first_words, plan, broker):
            child.send(line)
        with await asyncio.to_thread(archive.open, "rb") as commit:
            while (record := await talk.next(deadline)) is not None:
                if record["kind"] == "more":
                    data = await asyncio.to_thread(commit.read, PART)
                    child.send(as_line({"kind": "part", "data": base64.b64encode(data).decode()}))
                elif record["kind"] == "over":
                    return
                else:
                    yield talk.event(record)
        raise talk.broken()
    finally:
        await _leave(child)


def _server() -> tuple[str, ...] | None:
    """The built-in broker, if it is one that a worker can be judged by."""
    try:
        choice = find_server()
    except FleetError:
        return None
    return None if choice.slow else (*choice.argv(0), "--port")


def _first_words(plan: Plan, broker: tuple[str, ...] | None) -> tuple[bytes, ...]:
    boot = (INSIDE / "proof" / "boot.py").read_text("utf-8")
    files = {
        file.relative_to(INSIDE).as_posix(): file.read_text("utf-8")
        for file in sorted(INSIDE.rglob("*.py"))
    }
    return (
        f"exec({boot!a})\n".encode(),
        as_line({"kind": "code", "files": files}),
        as_line(plan.start(broker)),
    )


def _longest(plan: Plan) -> float:
    return 120 + sum(plan.limits.values()) * max(1, len(plan.subjects))


async def _leave(child: Child) -> None:
    child.end_input()
    try:
        async with asyncio.timeout(CLEARS_S):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


class _Talk:
    """Hears the gate: records from its standard output, complaints from the other."""

    def __init__(self, plan: Plan, label: str) -> None:
        self._label = label
        self._records: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        values = [subject.values for subject in plan.subjects]
        known = {name: text.reveal() for each in values for name, text in each.known.items()}
        asked = (known[name] for each in values for name in each.asked if name in known)
        self._redactor = Redactor.of(known, asked)
        self._carry = b""
        self._complaints = b""

    def out(self, chunk: bytes) -> None:
        *lines, self._carry = (self._carry + chunk).split(b"\n")
        for line in lines:
            try:
                record = json.loads(line)
                self._records.put_nowait(cast("Mapping[str, Any]", record))
            except ValueError:  # somebody else wrote there: docker does, about its platform
                self.err(line + b"\n")

    def err(self, chunk: bytes) -> None:
        self._complaints = (self._complaints + chunk)[-_KEPT:]

    def exited(self, exit: Exit) -> None:
        self._records.put_nowait(None)

    async def next(self, deadline: float) -> Mapping[str, Any] | None:
        """The next record; None when there will be none. Raises FleetError at the deadline."""
        try:
            async with asyncio.timeout_at(deadline):
                return await self._records.get()
        except TimeoutError:
            raise FleetError(
                f"the proof on {self._label} did not end in time",
                "a build takes long, or something there hangs",
                "give it more with --timeout",
                exit_code=TIMED_OUT,
            ) from None

    def event(self, record: Mapping[str, Any]) -> StepEvent:
        """What a record says, without secrets, and without the names of folders there."""
        match record["kind"]:
            case "step":
                return StepStarted(Step(record["id"]), record["service"], record["about"])
            case "line":
                return StepSaid(self._clean(record["text"]))
            case _:
                facts = cast("dict[str, Any]", self._clean(record["facts"]))
                passed = facts.pop("state") == "passed"
                took_s = record["step_s"]
                return StepEnded(Step(record["id"]), record["service"], passed, took_s, facts)

    def _clean(self, value: Any) -> Any:
        match value:
            case str():
                text = self._redactor(value.encode("utf-8", "replace")).decode("utf-8", "replace")
                return _PLACE.sub("", text)
            case dict():
                table = cast("dict[str, Any]", value)
                return {key: self._clean(each) for key, each in table.items()}
            case list():
                return [self._clean(each) for each in cast("list[Any]", value)]
            case _:
                return value

    def broken(self) -> FleetError:
        """Why it ended before it was over."""
        said = self._redactor(self._complaints).decode("utf-8", "replace").strip().splitlines()
        return FleetError(
            f"the proof on {self._label} ended in the middle",
            said[-1] if said else "it said nothing",
            "see whether a Python runs there at all, with space and a network",
            exit_code=UNAVAILABLE,
        )

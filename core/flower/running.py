"""Flower's process: started, watched, ended with whoever started it."""

import asyncio
import re
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.errors import FAILED, UNAVAILABLE, FleetError
from core.flower.health import is_healthy
from core.flower.plan import FlowerPlan
from core.logs.redact import Redactor
from core.workers.containment import Containment
from core.workers.outcome import describe
from core.workers.process import Exit, spawn
from core.workers.spec import as_typed

START_S: Final = 60.0
"""A first start under a virus scanner takes its time."""
LOOK_S: Final = 2.0
FIRST_LOOK_S: Final = 0.1
_KEPT_LINES: Final = 30
_TOLD_LINES: Final = 3
_KEPT_BYTES: Final = 8192  # of a line without end
_TAKEN: Final = re.compile(r"(?i)address already in use|WinError 100(?:48|13)")
"""The port is in use, or (10013) held by one program alone or reserved by Windows."""


class Stage(StrEnum):
    """Where Flower stands."""

    STARTING = "starting"
    READY = "ready"
    UNHEALTHY = "unhealthy"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class FlowerState:
    """A stage, and why; `plan` has where it is to be found."""

    stage: Stage
    plan: FlowerPlan
    why: str = ""


class PortTaken(FleetError):
    """Somebody else took the port between our look at it and Flower's."""


async def run_flower(
    plan: FlowerPlan,
    containment: Containment,
    publish: Callable[[FlowerState], None],
    *,
    start_s: float = START_S,
    look_s: float = LOOK_S,
) -> None:
    """Run it until it ends, which is an error; cancelled, it is ended and waited for.

    `publish` gets each new state. Raises PortTaken before it was ever ready, else FleetError with
    its last lines and the likely cause.
    """
    words = _LastWords(plan)
    publish(FlowerState(Stage.STARTING, plan))
    child = await spawn(plan.child(), words, containment)
    try:
        child.send(plan.first_words)
        child.end_input()
        was_ready = await _watch(plan, words, publish, start_s, look_s)
        ended = _as_error(plan, words, await child.wait(), was_ready)
    finally:
        child.kill()
        await child.wait()
    publish(FlowerState(Stage.ENDED, plan, ended.why))
    raise ended


async def _watch(
    plan: FlowerPlan,
    words: "_LastWords",
    publish: Callable[[FlowerState], None],
    start_s: float,
    look_s: float,
) -> bool:
    """Tell what it is like until it has ended; whether it was ever ready."""
    clock = asyncio.get_running_loop().time
    patience_ends = clock() + start_s
    stage = Stage.STARTING
    was_ready = False
    while not words.ended.is_set():
        healthy = await is_healthy(plan)
        if healthy and stage is not Stage.READY and not words.ended.is_set():
            stage, was_ready = Stage.READY, True
            publish(FlowerState(stage, plan))
        elif not healthy and (
            stage is Stage.READY or (stage is Stage.STARTING and clock() > patience_ends)
        ):
            stage = Stage.UNHEALTHY
            publish(FlowerState(stage, plan, f"{plan.ready_url} does not answer"))
        try:
            async with asyncio.timeout(FIRST_LOOK_S if stage is Stage.STARTING else look_s):
                await words.ended.wait()
        except TimeoutError:
            pass
    return was_ready


def _as_error(plan: FlowerPlan, words: "_LastWords", exit: Exit, was_ready: bool) -> FleetError:
    lines = words.lines()
    outcome = describe(exit, lines)
    why = f"it {outcome.words}"
    if not was_ready and any(_TAKEN.search(line) for line in lines):
        fix = "give it a free one with --port"
        why += "; another program or the system has that port"
        return PortTaken(f"Flower got no port {plan.port}", why, fix, exit_code=UNAVAILABLE)
    cause = f"; {outcome.cause}" if outcome.cause else ""
    said = f"; it said: {' | '.join(lines[-_TOLD_LINES:])}" if lines else ""
    return FleetError(
        "Flower has ended" if was_ready else "Flower did not come up",
        why + cause + said,
        _by_hand(plan),
        exit_code=FAILED if was_ready else UNAVAILABLE,
    )


def _by_hand(plan: FlowerPlan) -> str:
    if plan.first_words:
        return "see that the broker can be reached; with Flower in the project, that one is taken"
    shell = "powershell" if sys.platform == "win32" else "sh"
    return f"run it by hand to see more: {as_typed(plan.argv, shell)}"


class _LastWords:
    """Hears it: the end, and what was said last, without its secrets."""

    def __init__(self, plan: FlowerPlan) -> None:
        self.ended = asyncio.Event()
        self._maskings = (Redactor.of(plan.env), Redactor([plan.access.password.reveal()]))
        self._lines: deque[bytes] = deque(maxlen=_KEPT_LINES)
        self._rest = b""

    def out(self, chunk: bytes) -> None:
        *lines, rest = (self._rest + chunk).split(b"\n")
        self._rest = rest[-_KEPT_BYTES:]
        self._lines.extend(lines)

    err = out

    def exited(self, exit: Exit) -> None:
        self.ended.set()

    def lines(self) -> list[str]:
        block = b"\n".join((*self._lines, self._rest))
        for mask in self._maskings:
            block = mask(block)
        return [line for line in block.decode(errors="replace").splitlines() if line.strip()]

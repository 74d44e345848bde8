"""Sends one task through a broker and hears what becomes of it.

The task is `celery.accumulate`, which every Celery app has (`celery/app/builtins.py`, 5.2-5.7): it
gives back what it is called with, and does nothing else. So nothing has to be installed, and no
code of the project runs. It has an expiry: a worker that comes too late throws it away.
"""

import asyncio
import secrets
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from core.bridge.calls import Calls
from core.bridge.events import WorkerEvent
from core.bridge.feed import Feed
from core.jobs import job_group
from core.render.verifying.report import Errand
from core.tasks.call import TaskCall
from core.tasks.facts import Failed, Received, Rejected, Revoked, Started, Succeeded
from core.workers.containment import Containment
from core.workers.spec import WorkerSpec

TASK: Final = "celery.accumulate"
PATIENCE_S: Final = 30.0
"""For a queue that others have filled."""
LOOK_S: Final = 0.5
LATE_S: Final = 2.0
"""So long an event may be later than the result that it tells of."""


async def run_errand(
    calls: Calls,
    spec: WorkerSpec,
    containment: Containment,
    nodes: Sequence[str],
    queue: str,
    *,
    patience_s: float = PATIENCE_S,
    keeps_results: bool = True,
) -> Errand:
    """Send it, and wait until it has ended or patience has.

    `nodes` are made to tell of their tasks meanwhile, and told to stop it where they did not
    before. Raises FleetError: the broker went, or nothing could be sent.
    """
    heard = _Heard(str(uuid.uuid4()))
    feed = Feed(spec, containment, on_event=heard.take, say=lambda text: None)
    async with job_group() as jobs:
        listening = jobs.create_task(feed.run())
        try:
            await feed.listening()
            woken = await calls.wake_events(nodes) if nodes else ()
            try:
                return await _sent(calls, heard, queue, patience_s, keeps_results)
            finally:
                if woken:
                    await calls.disable_events(woken)
        finally:
            listening.cancel()


async def _sent(
    calls: Calls, heard: "_Heard", queue: str, patience_s: float, keeps_results: bool
) -> Errand:
    nonce = secrets.token_hex(8)
    call = TaskCall(TASK, (nonce,), queue=queue, expires_s=patience_s)
    errand = Errand(heard.id, TASK, queue, datetime.now(UTC))
    sent, error = await calls.send(call, [heard.id])
    if not sent:
        return replace(errand, kept=None, error=error)
    kept: bool | None = None
    read_at = None
    if keeps_results:
        read_at, kept = await _result(calls, heard, nonce, patience_s)
    await _within(LATE_S if kept else patience_s, heard.over.wait)
    return replace(heard.told(errand), read_at=read_at, kept=kept)


async def _result(
    calls: Calls, heard: "_Heard", nonce: str, patience_s: float
) -> tuple[datetime | None, bool]:
    """When the result was there, and whether it is the right one."""
    end = asyncio.get_running_loop().time() + patience_s
    while True:
        was_over = heard.over.is_set()
        if found := (await calls.results([heard.id])).get(heard.id):
            if found["state"] == "SUCCESS":
                return datetime.now(UTC), nonce in str(found["result"])
            if found["state"] in ("FAILURE", "REVOKED"):
                return datetime.now(UTC), False
        if was_over or asyncio.get_running_loop().time() >= end:
            return None, False
        await _within(LOOK_S, heard.over.wait)


async def _within(seconds: float, wait: Callable[[], Awaitable[object]]) -> None:
    try:
        async with asyncio.timeout(seconds):
            await wait()
    except TimeoutError:
        pass


class _Heard:
    """What workers tell of one task; `over` is set once it has ended."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.over = asyncio.Event()
        self._events: list[WorkerEvent] = []

    def take(self, event: WorkerEvent) -> None:
        match event.what:
            case Received() | Started() | Succeeded() | Failed() | Revoked() | Rejected():
                if event.what.id == self.id:
                    self._events.append(event)
                    if not isinstance(event.what, Received | Started):
                        self.over.set()
            case _:
                pass

    def told(self, errand: Errand) -> Errand:
        """The errand with all of it."""
        for event in self._events:
            errand = replace(errand, node=event.node, pid=event.pid)
            match event.what:
                case Received(at=at):
                    errand = replace(errand, received_at=_moment(at))
                case Started(at=at):
                    errand = replace(errand, started_at=_moment(at))
                case Succeeded(at=at):
                    errand = replace(errand, succeeded_at=_moment(at))
                case Failed() as failed:
                    errand = replace(errand, error=str(failed.exception))
                case _:
                    errand = replace(errand, error="it was thrown away, as too late or revoked")
        return errand


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)

"""Runs a task again in one worker alone, such as one that has ended a worker.

The task lies in a queue that only this worker reads, and that is gone when the task has ended: no
other worker can take it, so it takes down no more than this one.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final
from uuid import uuid4

from core.errors import UNAVAILABLE, FleetError
from core.session import Session
from core.tasks.again import call_again
from core.tasks.task import FINAL
from core.workers.phase import Phase, Worker

QUEUE: Final = "solofleet.alone"
TRIES: Final = 10
"""Of a second each."""
_COMING: Final = (Phase.STARTING, Phase.STOPPING, Phase.BACKOFF, Phase.BROKER_LOST)
_TAKES: Final = (Phase.READY, Phase.BUSY)


async def run_alone(
    session: Session, task_id: str, name: str, told: Callable[[str], object] = lambda id_: None
) -> str:
    """Start the worker where it is down, send the task to it, and wait until that has ended.

    `told` has the id of what is sent before a worker has it; it comes back too. Raises FleetError:
    the arguments are not known, the worker does not come up or does not answer, the broker failed.
    """
    task = session.ledger.task(task_id)
    call = task and call_again(task)
    if call is None:
        raise FleetError(
            "The task was not sent again",
            "its arguments are not known in full: all that a worker told of them is a short text",
            "send it from Send test task, with arguments of your own",
        )
    session.start(name)
    run = await _up(session, name)
    queue = f"{QUEUE}.{uuid4()}"
    try:
        await _open(session, queue, name)
        (sent,) = await session.send(replace(call, queue=queue), lambda ids: told(ids[0]))
        await session.until(lambda: _is_over(session, sent, name, run))
    finally:
        with suppress(FleetError):  # what is left there is looked for, as all that is missing is
            await session.calls.close_queue(queue, name)
    return sent


async def _open(session: Session, queue: str, name: str) -> None:
    """Have it read the queue. A worker is ready a moment before it hears what it is asked."""
    for _ in range(TRIES):
        if await session.calls.open_queue(queue, name):
            return
    raise FleetError(
        f"The task was not sent to {name}",
        "the worker did not say that it reads a queue of its own",
        "see whether it is connected to the broker, then run the task again",
        exit_code=UNAVAILABLE,
    )


async def _up(session: Session, name: str) -> int:
    """Wait until the worker takes tasks; the number of its run."""

    def settled() -> bool:
        worker = _worker(session, name)
        return worker is None or worker.phase not in _COMING

    await session.until(settled)
    worker = _worker(session, name)
    if worker is None or worker.phase not in _TAKES:
        raise FleetError(
            f"The task was not sent to {name}",
            f"it does not take tasks: {worker.evidence if worker else 'it is gone'}",
            "start that worker, then run the task again",
            exit_code=UNAVAILABLE,
        )
    return worker.run


def _is_over(session: Session, task_id: str, name: str, run: int) -> bool:
    """Whether the task has ended, or the run that it was for, with what that held settled."""
    task, worker = session.ledger.task(task_id), _worker(session, name)
    if task is None or task.state in FINAL:
        return True
    gone = worker is None or worker.run != run or not worker.alive
    return gone and task.state in ("sent", "retried")


def _worker(session: Session, name: str) -> Worker | None:
    return next((each for each in session.supervisor.workers if each.name == name), None)

"""What can be found out about a task whose worker did not tell, or cannot any more."""

import asyncio
from typing import Final

from core.bridge.calls import Calls, Whereabouts
from core.tasks.facts import Settled
from core.workers.loss import Loss

HEARSAY_S: Final = 0.5
"""Events that a worker sent before its end are here by then."""


def found(where: Whereabouts, task_id: str, name: str, at: float) -> Settled | None:
    """How it ended, or that it waits in its queue; None when neither is known."""
    if (result := where.ended.get(task_id)) is not None:
        state = "succeeded" if result["state"] == "SUCCESS" else "failed"
        return Settled(at, task_id, name, state, result["result"])
    if task_id in where.waiting:
        return Settled(at, task_id, name, "requeued", None)
    return None


async def left_by_plain(calls: Calls, loss: Loss) -> tuple[Settled, ...]:
    """What became of the messages that a plain worker held when it went.

    Nothing is put right: what plain Celery leaves to the broker's visibility timeout counts as
    lost. Raises FleetError while the broker is away.
    """
    await asyncio.sleep(HEARSAY_S)
    where = await calls.whereabouts([message.id for message in loss.held])
    why = f"{loss.why} Plain mode leaves its message to the visibility timeout."
    return tuple(
        found(where, message.id, message.name, loss.ended_at)
        or Settled(loss.ended_at, message.id, message.name, "lost", why)
        for message in loss.held
    )

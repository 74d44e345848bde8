"""Sends a task through the user's app, once or a hundred thousand times."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

from core.bridge.calls import Calls
from core.errors import UNAVAILABLE, USAGE, FleetError
from core.tasks.call import TaskCall, check_against

BATCH: Final = 250


async def send(
    calls: Calls,
    call: TaskCall,
    sent: Callable[[tuple[str, ...]], None],
    unsent: Callable[[Iterable[str]], object],
) -> tuple[str, ...]:
    """Send `call.count` times; the ids, which are ours, so that they are known before a worker is.

    `sent` hears of ids that are about to go out, `unsent` of those that did not. Batches, so that
    other calls get their turn. Raises FleetError: no such task, arguments that do not fit, or the
    broker failed half-way, with the number that went out.
    """
    task = _find(await calls.describe(), call.task)
    if (error := check_against(call, task)) is not None:
        raise error
    done: list[str] = []
    while len(done) < call.count:
        ids = tuple(str(uuid4()) for _ in range(min(BATCH, call.count - len(done))))
        sent(ids)
        count, why = 0, None
        try:
            count, why = await calls.send(call, ids)
        finally:
            unsent(ids[count:])
        done.extend(ids[:count])
        if count < len(ids):
            raise FleetError(
                f"{call.task} was sent {len(done)} of {call.count} times",
                why or "the broker took no more",
                "check that the broker runs, then send the rest",
                exit_code=UNAVAILABLE,
            )
    return tuple(done)


def _find(tasks: Iterable[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    by_name = {task["name"]: task for task in tasks}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
    raise FleetError(
        f"there is no task {name!r} in this app",
        f"it registers {', '.join(by_name) or 'none'}",
        f"did you mean {' or '.join(near)}?" if near else "name one of these",
        exit_code=USAGE,
    )

"""Sends a task through the user's app, once or a hundred thousand times."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from core.bridge.calls import Calls
from core.bridge.host import NoAnswer
from core.errors import UNAVAILABLE, USAGE, FleetError
from core.tasks.call import TaskCall, check_against

BATCH: Final = 250
SHOWN: Final = 20
_UNKNOWN_QUEUE: Final = "unknown: "  # resources/inside/describe.py

Ids = tuple[str, ...]
Told = Callable[[Ids], object]


async def check(calls: Calls, call: TaskCall) -> str | None:
    """The queue that a call goes to; None where a router of the app decides by the arguments.

    Raises FleetError when the app has no such task, or the arguments do not fit it.
    """
    task = _find(await calls.describe(), call.task)
    if (error := check_against(call, task)) is not None:
        raise error
    return call.queue or queue_told(task)


def queue_told(task: Mapping[str, Any]) -> str | None:
    """The queue of a task that describe.py tells of; None where it is not known beforehand."""
    queue: str = task["queue"]
    return None if queue.startswith(_UNKNOWN_QUEUE) else queue


async def send(calls: Calls, call: TaskCall, sent: Told, unsent: Told) -> Ids:
    """Send `call.count` times; the ids, which are ours, so that they are known before a worker is.

    `sent` hears of ids that are about to go out, `unsent` of those that did not. Of some nobody
    knows, when the bridge goes down half-way: they count as sent. Batches, so that other calls get
    their turn. Raises FleetError: no such task, arguments that do not fit, or the broker failed,
    with the number that went out.
    """
    await check(calls, call)
    done: list[str] = []
    while len(done) < call.count:
        ids = tuple(str(uuid4()) for _ in range(min(BATCH, call.count - len(done))))
        sent(ids)
        try:
            count, why = await calls.send(call, ids)
        except NoAnswer as error:
            raise _stopped(call, len(done), len(ids), error.why) from error
        except FleetError as error:
            unsent(ids)
            raise _stopped(call, len(done), 0, error.why) from error
        done.extend(ids[:count])
        if count < len(ids):
            unsent(ids[count:])
            raise _stopped(call, len(done), 0, why or "the broker took no more")
    return tuple(done)


def _stopped(call: TaskCall, done: int, unknown: int, why: str) -> FleetError:
    number = f"{done} to {done + unknown}" if unknown else f"{done}"
    return FleetError(
        f"{call.task} was sent {number} of {call.count} times",
        why,
        "mend that, then send the rest",
        exit_code=UNAVAILABLE,
    )


def _find(tasks: Sequence[Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    by_name = {task["name"]: task for task in tasks}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
    shown = [*list(by_name)[:SHOWN], *(["..."] if len(by_name) > SHOWN else [])]
    raise FleetError(
        f"there is no task {name!r} in this app",
        f"it registers {', '.join(shown) or 'none'}",
        f"did you mean {' or '.join(near)}?" if near else "name one of these",
        exit_code=USAGE,
    )

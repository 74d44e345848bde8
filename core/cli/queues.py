"""`solofleet queues`: what waits where, what is out with workers, and who takes from it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from core.bridge.queues import Queue, Queues, see_queues
from core.bridge.roll_call import ANSWER_S
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_asking, add_project
from core.cli.ps import counted
from core.cli.table import span, table
from core.errors import DONE

SHOWN: Final = 2
"""So many workers are named, of more their number."""
UNKNOWN: Final = "unknown"


def queue_lines(seen: Queues) -> Iterator[str]:
    """A row for each queue; columns for priorities only where messages have any."""
    if not seen.queues:
        yield "the app declares no queue, and the broker has none"
        return
    steps = _steps(seen.queues)
    header = ("queue", "waiting", *(f"p{step}" for step in steps), "unacked", "oldest", "taken by")
    rows = [header, *(_row(queue, steps) for queue in seen.queues)]
    yield from table(rows, words=(0, len(header) - 1))
    yield ""
    waiting = [queue.waiting for queue in seen.queues]
    known = sum(number for number in waiting if number is not None)
    yield counted(known, "message") + " waiting" + (", as far as known" if None in waiting else "")
    if seen.unacked:
        oldest = seen.oldest_unacked_s
        since = "" if oldest is None else f", the oldest for {span(oldest)}"
        yield f"{counted(seen.unacked, 'message')} out with workers{since}"
    for aside in seen.set_aside:
        yield (
            f"{counted(aside.count, 'message')} of {aside.queue} set aside by a purge that was"
            " broken off: restore its file"
        )


def _steps(queues: Sequence[Queue]) -> list[int]:
    """Every priority, when any but the first is in use."""
    lists = [queue.priorities for queue in queues if queue.priorities]
    used = any(count for priorities in lists for _, count in priorities[1:])
    return [step for step, _ in lists[0]] if used else []


def _row(queue: Queue, steps: Sequence[int]) -> tuple[str, ...]:
    counts = dict(queue.priorities or ())
    return (
        queue.name,
        _told(queue.waiting),
        *(_told(counts.get(step)) for step in steps),
        _told(queue.unacked),
        span(queue.oldest_unacked_s),
        taken_by(queue),
    )


def _told(number: int | None) -> str:
    return UNKNOWN if number is None else str(number)


def taken_by(queue: Queue) -> str:
    """The workers that take from it, in words."""
    known = queue.consumers
    if len(known) > SHOWN:
        return f"{known[0]} and {len(known) - 1} more"
    if known:
        return ", ".join(known)
    if queue.consumer_count:
        return counted(queue.consumer_count, "consumer")
    return "nobody who answers"


def _options(parser: Parser) -> None:
    add_project(parser)
    add_asking(parser)


async def _run(here: Here) -> int:
    async with here.calls() as (_, calls):
        seen = await see_queues(calls, timeout_s=here.arguments.timeout or ANSWER_S)
    if here.arguments.json:
        here.terminal.line(as_json("queues", **asdict(seen)))
    else:
        here.terminal.line(*queue_lines(seen))
    return DONE


QUEUES = Command("queues", "show what waits in the queues of a project", _options, _run)

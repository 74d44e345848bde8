"""`solofleet ps`: every worker on the broker, ours and others', and what it does now."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from core.bridge.roll_call import ANSWER_S
from core.bridge.workers import Running, WorkerSeen, see_workers
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_asking, add_project
from core.cli.table import indented, span, table
from core.errors import DONE

_HEADER: Final = ("worker", "where", "pool", "pid", "slots", "done", "up")


def ps_lines(workers: Sequence[WorkerSeen]) -> Iterator[str]:
    """A row for each, and below it where it takes from, what runs, and what it does not tell."""
    if not workers:
        yield "no worker answers, and none is known on this machine"
        return
    header, *rows = table([_HEADER, *map(_row, workers)], words=(0, 1, 2))
    yield header
    for worker, row in zip(workers, rows, strict=True):
        yield row
        if worker.queues is not None:
            yield from indented(_about(worker))
        for task in worker.running:
            yield from indented(_runs(task))
        if worker.silent:
            yield from indented(f"silent: {worker.silent}")
    silent = sum(worker.silent is not None for worker in workers)
    yield ""
    yield counted(len(workers), "worker") + (f", {silent} of them silent" if silent else "")


def counted(number: int, thing: str) -> str:
    """`1 worker`, `2 workers`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _row(worker: WorkerSeen) -> tuple[str, ...]:
    numbers = (worker.pid, worker.concurrency, worker.done)
    return (
        worker.node,
        worker.where,
        worker.pool or "-",
        *("-" if number is None else str(number) for number in numbers),
        span(worker.uptime_s),
    )


def _about(worker: WorkerSeen) -> str:
    parts = [f"takes from {', '.join(worker.queues or ()) or 'no queue'}"]
    if worker.prefetch:
        parts.append(f"holds up to {counted(worker.prefetch, 'message')}")
    if worker.celery:
        parts.append(f"Celery {worker.celery}")
    return "; ".join(parts)


def _runs(task: Running) -> str:
    since = "" if task.for_s is None else f" for {span(task.for_s)}"
    return f"runs {task.name} {task.id}{since}"


def _options(parser: Parser) -> None:
    add_project(parser)
    add_asking(parser)


async def _run(here: Here) -> int:
    async with here.calls() as (project, calls):
        timeout_s = here.arguments.timeout or ANSWER_S
        workers = await see_workers(calls, project, timeout_s=timeout_s)
    if here.arguments.json:
        here.terminal.line(as_json("ps", workers=[asdict(worker) for worker in workers]))
    else:
        here.terminal.line(*ps_lines(workers))
    return DONE


PS = Command("ps", "show all workers on the broker", _options, _run)

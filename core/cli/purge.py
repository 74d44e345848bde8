"""`solofleet purge`: empties a queue, into a file from which it can be filled again."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Final

from core.bridge.calls import Calls
from core.bridge.purging import purge
from core.bridge.queues import Queue, see_queues
from core.bridge.saved import file_for
from core.bridge.workers import WorkerSeen, see_workers
from core.cli.arguments import Arguments
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_app, add_json
from core.cli.ps import counted
from core.errors import DONE, USAGE, FleetError
from core.project.opening import Project
from core.secret import mask_url
from core.workers.spec import as_typed

TOP: Final = 5
SHELL: Final = "cmd" if sys.platform == "win32" else "sh"
"""PowerShell reads what is quoted for cmd."""


def purge_lines(
    url: str, queue: Queue, told: Mapping[str, Any], workers: tuple[WorkerSeen, ...]
) -> Iterator[str]:
    """What is about to go: from where, how much, which tasks, and who takes from there."""
    yield f"broker    {url}"
    yield f"queue     {queue.name}: {counted(queue.waiting or 0, 'message')} waiting"
    lists = [f"{count:,} of priority {step}" for step, count in queue.priorities or () if count]
    if len(lists) > 1:
        yield f"          {', '.join(lists)}"
    names = told["names"]
    for name, count in names[:TOP]:
        yield f"          {count:>7,}  {name or 'of a task whose name cannot be told'}"
    if rest := sum(count for _, count in names[TOP:]):
        yield f"          {rest:>7,}  other tasks"
    if told["looked_into"] < (queue.waiting or 0):
        yield f"          (of the first {told['looked_into']:,} messages)"
    taking = [worker for worker in workers if queue.name in (worker.queues or ())]
    for worker in taking:
        whose = {"ours": "yours", "here": "on this machine, not yours"}.get(worker.where, "FOREIGN")
        yield f"taken by  {worker.node} ({whose})"
    if not taking:
        yield "taken by  nobody who answers"
    for worker in workers:
        if worker.silent:
            yield f"perhaps   {worker.node}, which does not answer"


def confirm(queue: str, ask_for: Callable[[str], str | None]) -> None:
    """Let somebody type the queue's name. Raises FleetError for anything else."""
    typed = ask_for(f"To purge it, type its name, {queue}:")
    if typed == queue:
        return
    raise FleetError(
        f"{queue} was not purged",
        "there is nobody to type its name" if typed is None else f"{typed!r} is not its name",
        "type the name when asked, or give --yes",
        exit_code=USAGE,
    )


def refuse_unsaved(queue: Queue, url: str, app: str) -> None:
    """Raise FleetError where messages cannot be saved as the broker keeps them."""
    if queue.priorities is None:
        raise FleetError(
            f"{queue.name} on {url} cannot be purged into a file",
            "only Redis gives messages byte for byte, and nothing is purged that is not saved",
            f"to throw them away for good: celery -A {app} purge -Q {queue.name}",
            exit_code=USAGE,
        )


def _options(parser: Parser) -> None:
    add_app(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask for the queue's name")
    parser.add_argument("--save", metavar="FILE", help="where to, in place of the user's folder")
    add_json(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    assert typed.queue is not None  # argparse has seen to it
    async with here.calls() as (project, calls):
        url = await calls.broker_url()
        queue = (await see_queues(calls, [typed.queue])).named(typed.queue)
        refuse_unsaved(queue, url, project.app)
        if not queue.waiting:
            return _tell(here, url, queue.name, 0, None)
        await _show(here, calls, project, url, queue)
        if not typed.yes:
            confirm(queue.name, here.terminal.ask_for)
        file = _file(here, project, queue.name)
        count = await purge(calls, queue.name, file, project.name)
        return _tell(here, url, queue.name, count, file)


async def _show(here: Here, calls: Calls, project: Project, url: str, queue: Queue) -> None:
    told = await calls.peek(queue.name)
    workers = await see_workers(calls, project)
    for line in purge_lines(url, queue, told, workers):
        here.terminal.aside(line)


def _file(here: Here, project: Project, queue: str) -> Path:
    if here.arguments.save:
        return Path(here.arguments.save).absolute()
    return file_for(project.name, queue, datetime.now())


def _tell(here: Here, url: str, queue: str, count: int, file: Path | None) -> int:
    if here.arguments.json:
        saved = None if file is None else str(file)
        line = as_json("purge", broker=url, queue=queue, purged=count, file=saved)
        here.terminal.line(line)
    elif file is None:
        here.terminal.line(f"nothing waits in {queue}")
    else:
        here.terminal.line(
            f"{counted(count, 'message')} of {queue} purged, and saved in",
            f"  {file}",
            "It holds the data of your users. To put them back:",
            f"  {as_typed(restoring(here.arguments, file), SHELL)}",
        )
    return DONE


def restoring(typed: Arguments, file: Path) -> tuple[str, ...]:
    """The command that puts back what this one has saved: for the same app, on the same broker."""
    options = (("-A", typed.app), ("--python", typed.python), ("--broker", typed.broker))
    told = ((name, value) for name, value in options if value and mask_url(value) == value)
    return ("solofleet", "restore", typed.project, str(file), *chain.from_iterable(told))


PURGE = Command("purge", "empty a queue into a file", _options, _run, takes="queue")

"""`solofleet status`: which workers answer."""

from collections.abc import Iterator, Sequence

from core.bridge.roll_call import ANSWER_S
from core.bridge.workers import WorkerSeen, see_workers
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_asking, add_project
from core.cli.ps import counted
from core.cli.table import indented
from core.cli.terminal import Terminal
from core.errors import DONE, UNAVAILABLE, FleetError


def show_status(
    workers: Sequence[WorkerSeen], app: str, terminal: Terminal, *, as_document: bool
) -> int:
    """Print `NODE: OK` for each that answers; the exit code.

    Raises FleetError when nobody answers; a document says so by itself.
    """
    online = [worker.node for worker in workers if worker.silent is None]
    silent = {worker.node: worker.silent for worker in workers if worker.silent is not None}
    if as_document:
        terminal.line(as_json("status", online=online, silent=silent))
        return DONE if online else UNAVAILABLE
    terminal.line(*_lines(online, workers))
    if not online:
        raise nobody(app)
    return DONE


def nobody(app: str) -> FleetError:
    """That no worker answers."""
    return FleetError(
        "no worker answers",
        f"none of {app} runs on this broker, or each is a plain solo worker that is busy",
        "start some with `solofleet up`, or give busy ones more time with --timeout",
        exit_code=UNAVAILABLE,
    )


def _lines(online: Sequence[str], workers: Sequence[WorkerSeen]) -> Iterator[str]:
    yield from (f"{node}: OK" for node in online)
    for worker in workers:
        if worker.silent is not None:
            yield f"{worker.node}: silent"
            yield from indented(worker.silent)
    yield f"{counted(len(online), 'worker')} online"


def _options(parser: Parser) -> None:
    add_project(parser)
    add_asking(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    async with here.calls() as (project, calls):
        timeout_s = typed.timeout or ANSWER_S
        workers = await see_workers(calls, project, questions=(), timeout_s=timeout_s)
    return show_status(workers, project.app, here.terminal, as_document=typed.json)


STATUS = Command("status", "show which workers answer", _options, _run)

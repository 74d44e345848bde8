"""`solofleet render rehearse`: what a deploy does to each task that runs while it happens."""

import asyncio
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_app, add_json
from core.cli.printable import printable
from core.cli.table import indented, table
from core.errors import DONE, FAILED
from core.project.folder import project_folder
from core.render.blueprint.drafting import FILE
from core.render.blueprint.reading import find_above, read_file
from core.render.rehearsing.rehearsal import Rehearsal, Row, Workers, rehearse
from core.render.rehearsing.rules import Change, Fate, Outcome, told_s
from core.render.sizing.record import recall
from core.workers.containment import make_containment

_WIDTH: Final = 80
_NAMED: Final = 8
_HEADER: Final = ("task", "longest", "acks", "limit", "a deploy")


def rehearsal_lines(rehearsal: Rehearsal) -> Iterator[str]:
    """A table for each service, then what would change what is lost or late."""
    for number, workers in enumerate(rehearsal.services):
        if number:
            yield ""
        yield from _workers_lines(workers)
    if rehearsal.timed_at is None:
        yield ""
        yield from indented(
            "No task was timed: run them once, with `solofleet up . --send TASK` or in the window."
        )


def _workers_lines(workers: Workers) -> Iterator[str]:
    stop = workers.stop
    yield f"{workers.name} ({workers.where}), Celery {workers.celery} on {workers.broker}"
    how = "a cold shutdown (REMAP_SIGTERM=SIGQUIT)" if stop.quits else "a warm shutdown"
    soft = f" after {stop.soft_s:g} s" if stop.quits and stop.soft_s else ""
    yield from indented(f"SIGTERM: {how}{soft}; SIGKILL {stop.delay_s:g} s later")
    yield ""
    if not workers.rows:
        yield "the app has no task"
        return
    cells: list[Sequence[str]] = [_HEADER, *map(_cells, workers.rows)]
    yield from table(cells, (0, 2, 4))
    for names, row in _alike(workers.rows):
        yield ""
        yield from textwrap.wrap(names, _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from indented(row.outcome.why)
        for change in row.changes:
            price = f" ({change.price})" if change.price else ""
            what = _fate(change.outcome)
            yield from indented(f"{', '.join(change.settings)}: {what}{price}")
    yield ""
    yield from textwrap.wrap(
        f"taken ahead, or held for its ETA: {workers.held.why}", _WIDTH, subsequent_indent="    "
    )


def _alike(rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """Tasks that do not finish, those together of which the same is to be said."""
    groups: dict[tuple[Outcome, tuple[Change, ...]], list[Row]] = {}
    for row in rows:
        if row.outcome.fate is not Fate.FINISHES:
            groups.setdefault((row.outcome, row.changes), []).append(row)
    for group in groups.values():
        more = f" and {len(group) - _NAMED} more" if len(group) > _NAMED else ""
        yield ", ".join(row.task.name for row in group[:_NAMED]) + more, group[0]


def _cells(row: Row) -> tuple[str, ...]:
    task = row.task
    return (
        task.name,
        "never" if task.longest_s is None else told_s(task.longest_s),
        "late" if task.acks_late else "early",
        "-" if task.time_limit_s is None else told_s(task.time_limit_s),
        _fate(row.outcome),
    )


def _fate(outcome: Outcome) -> str:
    if outcome.fate is Fate.UNKNOWN:
        return f"not known; if cut: {outcome.if_cut}"
    return outcome.fate.value


def document(rehearsal: Rehearsal) -> str:
    """All of it as one JSON document."""
    timed_at = None if rehearsal.timed_at is None else rehearsal.timed_at.isoformat()
    services: list[dict[str, Any]] = [asdict(each) for each in rehearsal.services]
    return as_json("rehearsal", loses=rehearsal.loses, timed_at=timed_at, services=services)


def _options(parser: Parser) -> None:
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    add_app(parser)
    add_json(parser)


async def _run(here: Here) -> int:
    project = await here.runnable()
    folder = project_folder(Path(here.arguments.project))
    file = await asyncio.to_thread(find_above, folder, FILE)
    blueprint = None if file is None else await asyncio.to_thread(read_file, file)
    measured = await asyncio.to_thread(recall, project.name)
    async with make_containment(here.terminal.aside) as containment:
        rehearsal = await rehearse(project, blueprint, measured, containment, here.environ)
    if here.arguments.json:
        here.terminal.line(document(rehearsal))
    else:
        lines = rehearsal_lines(rehearsal)
        here.terminal.line(*(printable(line, colour=False) for line in lines))
    return FAILED if rehearsal.loses else DONE


RENDER_REHEARSE = Command(
    "render rehearse", "show what a deploy does to running tasks", _options, _run
)

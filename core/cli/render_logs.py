"""`solofleet render logs`: what the services print there."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, number
from core.cli.printable import printable
from core.cli.render_account import OnRender, add_render, on_render
from core.errors import DONE
from core.render.api.answers import Service
from core.render.api.log_line import MOST_LINES, LogLine, LogQuery
from core.render.api.recent import latest, queries
from core.render.api.tail import Told, tail

MOST: Final = 10_000


class LogPrinter:
    """Shows lines of these services, each behind the name of its own."""

    def __init__(self, here: Here, services: Sequence[Service]) -> None:
        self._here = here
        self._names = {service.id: service.name for service in services}
        self._width = max(map(len, self._names.values()), default=0)

    def show(self, line: LogLine) -> None:
        """One line; with `--json` an object."""
        terminal, name = self._here.terminal, self._names.get(line.resource, line.resource)
        if self._here.arguments.json:
            at = None if line.at is None else line.at.isoformat()
            terminal.line(
                as_json(
                    "log",
                    service=name,
                    instance=line.instance,
                    at=at,
                    level=line.level,
                    type=line.type,
                    text=line.message,
                )
            )
            return
        text = printable(line.message, colour=terminal.colour)
        terminal.line(f"{clock(line.at)} {name:<{self._width}} | {text}")


def clock(at: datetime | None) -> str:
    """A time of the day, in the zone of this machine."""
    return "--:--:--" if at is None else f"{at.astimezone():%H:%M:%S}"


def _options(parser: Parser) -> None:
    add_render(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default all of render.yaml"
    )
    parser.add_argument("-f", "--follow", action="store_true", help="go on as lines are printed")
    parser.add_argument("--text", metavar="TEXT", help="lines with this; * stands for anything")
    parser.add_argument(
        "-n",
        "--lines",
        dest="count",
        type=number(1, MOST),
        default=MOST_LINES,
        metavar="N",
        help=f"how many, by default {MOST_LINES}",
    )


async def _run(here: Here) -> int:
    typed = here.arguments
    async with on_render(here) as there:
        names = typed.service or [each.name for each in there.matches if each.service is not None]
        services = [there.service(name) for name in names] or [there.service(None)]
        printer, told = LogPrinter(here, services), Told()
        for query in queries(services, typed.text or ""):
            for line in await latest(there.api, query, typed.count):
                told.is_new(line)
                printer.show(line)
        if typed.follow:
            async with asyncio.TaskGroup() as jobs:
                for query in queries(services, typed.text or ""):
                    jobs.create_task(_follow(here, there, query, printer, told))
    return DONE


async def _follow(
    here: Here, there: OnRender, query: LogQuery, printer: LogPrinter, told: Told
) -> None:
    async with aclosing(tail(there.api, query, told, here.terminal.aside)) as lines:
        async for line in lines:
            printer.show(line)


RENDER_LOGS = Command("render logs", "what the services print on Render", _options, _run)

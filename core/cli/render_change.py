"""Has changes on Render agreed to, then sends them."""

from collections.abc import Sequence
from textwrap import wrap

from core.cli.command import Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser
from core.cli.render_account import OnRender, add_change, add_render
from core.render.api.answers import Service
from core.render.remote.change import Change, carry_out


def add_services(parser: Parser) -> None:
    """For a verb that changes services of a project."""
    add_render(parser)
    add_change(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default the only worker"
    )


def services_meant(here: Here, there: OnRender) -> list[Service]:
    """Those that were named; the only worker when none was. Raises FleetError."""
    return [there.service(name) for name in here.arguments.service or [None]]


async def carry_out_agreed(here: Here, there: OnRender, changes: Sequence[Change]) -> None:
    """Ask for all of them first, so that nothing is sent before the last yes. Raises FleetError."""
    for change in changes:
        for line in wrap(f"note: {change.note}", 80, subsequent_indent="  ") if change.note else ():
            here.terminal.aside(line)
        agree(change.action, here.ask)
    await carry_out(there.api, changes, lambda change: _tell(here, change))


def _tell(here: Here, change: Change) -> None:
    if here.arguments.json:
        here.terminal.line(as_json("changed", service=change.name, **change.wanted))
    else:
        here.terminal.line(change.told)

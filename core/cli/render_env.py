"""`solofleet render env`: the variables of a project, who needs them, and where they are."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Final

from core.cli.command import Command, Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_document
from core.cli.render_account import OnRender, add_change, add_owner, on_render
from core.cli.table import indented, table
from core.errors import DONE, FAILED, FleetError
from core.project.opening import Project
from core.render.api.holder import Holder, choose_holder
from core.render.variables.contract import Row, State, rows_of
from core.render.variables.digests import Digests
from core.render.variables.finding import Finding, Severity
from core.render.variables.lints import lints
from core.render.variables.looking import look
from core.render.variables.pushing import outgoing

WIDEST: Final = 34


def env_lines(rows: Sequence[Row], findings: Sequence[Finding]) -> Iterator[str]:
    """The table, then what is wrong."""
    if not rows:
        yield "no code reads a variable, and none is written down"
        return
    places = list(dict.fromkeys(place for row in rows for place in row.places))
    cells: list[Sequence[str]] = [("variable", "for", "must", *places)]
    for row in rows:
        cells.append(
            (
                _short("|".join(row.names)),
                "+".join(row.needed_by) or "-",
                "yes" if row.required else "",
                *(str(row.places.get(place, "-")) for place in places),
            )
        )
    yield from table(cells, range(len(cells[0])))
    for finding in findings:
        yield ""
        yield f"{finding.severity}: {finding.file}:{finding.line}"
        yield from indented(finding.what)
        yield from indented(f"why: {finding.why}")
        yield from indented(f"fix: {finding.fix}")


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def env_document(rows: Sequence[Row], findings: Sequence[Finding]) -> str:
    """All of it for programs; no value is in it."""
    variables = [
        {
            "names": row.names,
            "needed_by": row.needed_by,
            "required": row.required,
            "reads": [
                {"file": read.file, "line": read.line, "how": read.how, "required": read.required}
                for read in row.reads
            ],
            "places": row.places,
        }
        for row in rows
    ]
    return as_json("environment", variables=variables, findings=[asdict(each) for each in findings])


def _options(parser: Parser) -> None:
    add_document(parser)
    add_owner(parser)
    add_change(parser)
    parser.add_argument(
        "--online", action="store_true", help="compare with what Render has, in a column `group`"
    )
    parser.add_argument(
        "--push", nargs="+", metavar="NAME", help="set these there, as .env has them, and no others"
    )
    parser.add_argument(
        "--to",
        metavar="NAME",
        help="a group or a service; by default the only group of the project",
    )


async def _run(here: Here) -> int:
    typed, digests = here.arguments, Digests()
    project = await asyncio.to_thread(here.project)
    if not typed.online and not typed.push:
        return await _show(here, project, digests, None)
    async with on_render(here) as there:
        groups = await there.api.env_groups(there.owner.id)
        holder = choose_holder(groups, there.there(), typed.to)
        kept = await holder.read(there.api)
        remote = {each.key: digests.of(each.value.reveal()) for each in kept}
        if typed.push:
            return await _push(here, there, holder, project, remote, digests)
    here.terminal.aside(f"group: what {holder} has")
    return await _show(here, project, digests, remote)


async def _show(
    here: Here, project: Project, digests: Digests, remote: Mapping[str, str] | None
) -> int:
    picture = await asyncio.to_thread(look, project, remote)
    rows, findings = rows_of(picture, digests), lints(picture, digests)
    if here.arguments.json:
        here.terminal.line(env_document(rows, findings))
    else:
        here.terminal.line(*env_lines(rows, findings))
    blocked = any(finding.severity is Severity.BLOCK for finding in findings)
    return FAILED if blocked else DONE


async def _push(
    here: Here,
    there: OnRender,
    holder: Holder,
    project: Project,
    remote: Mapping[str, str],
    digests: Digests,
) -> int:
    picture = await asyncio.to_thread(look, project, remote)
    names = here.arguments.push or ()
    chosen = outgoing(picture, names, remote, digests, holder.of.name)
    here.terminal.aside(f"{holder}, workspace {there.owner.name}")
    cells = [(f"  {each.name}", f"{each.state} there", f"from {each.place}") for each in chosen]
    for line in table(cells, (0, 1, 2)):
        here.terminal.aside(line)
    sending = [each for each in chosen if each.state is not State.EQUAL]
    if sending:
        what = f"set {', '.join(each.name for each in sending)} in {holder}"
        agree(what, here.ask)
    done: list[str] = []
    for each in sending:
        try:
            await holder.put(there.api, each.name, each.value)
        except FleetError as error:
            error.fix += f" Set by now: {', '.join(done) or 'nothing'}."
            raise
        done.append(each.name)
    if here.arguments.json:
        here.terminal.line(as_json("pushed", to=holder.of.name, names=done))
    elif done:
        here.terminal.line(f"set in {holder}: {', '.join(done)}; it holds from the next deploy on")
    else:
        here.terminal.line("nothing to set")
    return DONE


RENDER_ENV = Command("render env", "show which variables are needed, and where", _options, _run)

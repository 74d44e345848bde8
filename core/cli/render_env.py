"""`solofleet render env`: the variables of a project, who needs them, and where they are."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import add_document
from core.cli.table import indented, table
from core.errors import DONE, FAILED
from core.render.variables.contract import Row, rows_of
from core.render.variables.digests import Digests
from core.render.variables.finding import Finding, Severity
from core.render.variables.lints import lints
from core.render.variables.looking import look

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


async def _run(here: Here) -> int:
    project = await asyncio.to_thread(here.project)
    picture = await asyncio.to_thread(look, project)
    digests = Digests()
    rows, findings = rows_of(picture, digests), lints(picture, digests)
    if here.arguments.json:
        here.terminal.line(env_document(rows, findings))
    else:
        here.terminal.line(*env_lines(rows, findings))
    blocked = any(finding.severity is Severity.BLOCK for finding in findings)
    return FAILED if blocked else DONE


RENDER_ENV = Command("render env", "show which variables are needed, and where", add_document, _run)

"""`solofleet render verify`: a task is seen to run on Render, and all the rest is tested."""

import asyncio
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_production, seconds
from core.cli.printable import printable
from core.cli.render_account import add_render, blueprint_of, on_render
from core.errors import DONE, FAILED
from core.render.checklist.proof import remember
from core.render.verifying.errand import PATIENCE_S
from core.render.verifying.report import Doing, Errand, Finding, Report, Sure
from core.render.verifying.sites import health_paths
from core.render.verifying.verification import Deployed, verify
from core.workers.containment import make_containment

_WIDTH: Final = 80
_INDENT: Final = " " * 10
_SIGNS: Final = {
    Sure.PROVED: "proved",
    Sure.INFERRED: "inferred",
    Sure.UNKNOWN: "unknown",
    Sure.FAILED: "FAILED",
}


def finding_lines(finding: Finding) -> Iterator[str]:
    """The claim behind how sure it is, its evidence below."""
    yield from _wrapped(f"{_SIGNS[finding.sure]:<10}{finding.what}")
    yield from _wrapped(f"{_INDENT}{finding.evidence}")
    if finding.fix:
        yield from _wrapped(f"{_INDENT}fix: {finding.fix}")


def _wrapped(text: str) -> Iterator[str]:
    text = printable(text, colour=False)
    yield from textwrap.wrap(
        text, _WIDTH, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    )


def end_lines(report: Report) -> Iterator[str]:
    """When what happened to the task, and what it all comes to."""
    if report.errand is not None:
        yield ""
        yield from _times(report.errand)
    yield ""
    if not report.holds:
        count = sum(each.sure is Sure.FAILED for each in report.findings)
        yield f"{count} of {len(report.findings)} findings do not hold"
        return
    for sure, told in ((Sure.PROVED, "were seen"), (Sure.INFERRED, "follow from what was seen")):
        yield f"{sum(each.sure is sure for each in report.findings)} {told}"
    if unknown := sum(each.sure is Sure.UNKNOWN for each in report.findings):
        yield f"{unknown} could not be looked at"


def _times(errand: Errand) -> Iterator[str]:
    yield f"task {errand.id} ({errand.task}, queue {errand.queue})"
    for word, at, clock in errand.times:
        yield f"  {word:<11}  {at:%H:%M:%S}.{at.microsecond // 1000:03}Z  {clock}"


def document(report: Report) -> str:
    """All of it as one JSON document."""
    errand = None if report.errand is None else _plain(asdict(report.errand))
    return as_json(
        "verify",
        holds=report.holds,
        workspace=report.workspace,
        commit=report.commit,
        broker=report.broker,
        source=report.source,
        errand=errand,
        findings=[asdict(each) for each in report.findings],
    )


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in fields.items()
    }


def _options(parser: Parser) -> None:
    add_render(parser)
    add_production(parser)
    parser.add_argument("--commit", metavar="SHA", help="what must run; by default what was pushed")
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", help="how long the task may take to be run"
    )


async def _run(here: Here) -> int:
    typed, terminal = here.arguments, here.terminal
    project = await here.runnable()
    blueprint = await asyncio.to_thread(blueprint_of, Path(typed.project))

    def tell(news: Doing | Finding) -> None:
        match news:
            case Doing(text):
                terminal.progress(text)
            case Finding():
                terminal.progress("")
                if not typed.json:
                    terminal.line(*finding_lines(news))

    async with on_render(here) as there, make_containment(terminal.aside) as containment:
        deployed = Deployed(
            project,
            there.owner,
            there.matches,
            health_paths(blueprint),
            typed.broker_from,
            typed.commit or "",
        )
        try:
            report = await verify(
                deployed,
                there.api,
                containment,
                here.environ,
                tell,
                patience_s=PATIENCE_S if typed.timeout is None else typed.timeout,
            )
        finally:
            terminal.progress("")
    await asyncio.to_thread(remember, project.name, report, datetime.now(UTC))
    if typed.json:
        terminal.line(document(report))
    else:
        terminal.line(*end_lines(report))
    return DONE if report.holds else FAILED


RENDER_VERIFY = Command(
    "render verify", "see a task run on Render, and test it all", _options, _run
)

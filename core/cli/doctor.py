"""`solofleet doctor`: what is wrong with a project, and what to do about it."""

import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import add_document
from core.cli.terminal import Terminal
from core.doctor.case import Case
from core.doctor.examination import UNREACHABLE, examine
from core.doctor.finding import Finding, State
from core.errors import DONE, FAILED, UNAVAILABLE
from core.workers.containment import make_containment

_SIGNS: Final = {
    State.OK: "ok  ",
    State.WARNING: "WARN",
    State.FAULT: "FAIL",
    State.SKIPPED: "-   ",
}
_WIDTH: Final = 80
_INDENT: Final = " " * 9


async def _run(here: Here) -> int:
    if not Path(here.arguments.project).is_dir():
        here.project()  # raises, in words
    as_document = here.arguments.json
    findings: list[Finding] = []
    async with make_containment(here.terminal.aside) as containment:
        case = Case(here.project, here.wishes, here.environ, containment)
        try:
            async for finding in examine(case):
                if not as_document:
                    show(finding, findings[-1] if findings else None, here.terminal)
                findings.append(finding)
        finally:
            await case.close()
    if as_document:
        here.terminal.line(document(findings))
    else:
        here.terminal.line("", summary(findings))
    return verdict(findings)


def show(finding: Finding, before: Finding | None, terminal: Terminal) -> None:
    """One line for a check, under the name of its group; its fix below, where one is needed."""
    if before is None or before.group != finding.group:
        terminal.line(*([""] if before else []), finding.group)
    head = f"  {_SIGNS[finding.state]}   {finding.title}: "
    lines = textwrap.wrap(
        head + finding.evidence, _WIDTH, subsequent_indent=_INDENT, break_long_words=False
    )
    if finding.fix:
        lines += textwrap.wrap(
            f"fix: {finding.fix}",
            _WIDTH,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT + "     ",
            break_long_words=False,
        )
    terminal.line(*lines)


def summary(findings: list[Finding]) -> str:
    """The last line."""
    faults, warnings = _count(findings, State.FAULT), _count(findings, State.WARNING)
    return f"{len(findings)} checks, {faults} faults, {warnings} warnings"


def document(findings: list[Finding]) -> str:
    """All of it as one JSON document."""
    return as_json(
        "doctor",
        checks=[asdict(finding) for finding in findings],
        faults=_count(findings, State.FAULT),
        warnings=_count(findings, State.WARNING),
    )


def verdict(findings: list[Finding]) -> int:
    """The exit code: 69 when the broker cannot be reached, 1 for any other fault."""
    faulty = {finding.id for finding in findings if finding.state is State.FAULT}
    if faulty & set(UNREACHABLE):
        return UNAVAILABLE
    return FAILED if faulty else DONE


def _count(findings: list[Finding], state: State) -> int:
    return sum(finding.state is state for finding in findings)


DOCTOR = Command("doctor", "look a project over and say what to mend", add_document, _run)

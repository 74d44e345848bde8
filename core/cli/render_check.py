"""`solofleet render check`: what would fail on Render, before anything is sent there."""

import asyncio
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_document, seconds, typed_call
from core.cli.printable import printable
from core.cli.render_proof import ProofProgress, proof_fields, proof_lines
from core.errors import DONE, FAILED, USAGE, FleetError
from core.project.folder import project_folder
from core.project.opening import Project
from core.project.versions import read_versions
from core.render.preflight.examination import CHECKS, blocks, examine
from core.render.preflight.finding import Finding, Severity
from core.render.preflight.mending import apply, prepare
from core.render.preflight.snapshot import Snapshot
from core.render.preflight.taking import take_snapshot
from core.render.proving.drafted import with_draft
from core.render.proving.judging import DYNAMIC, GROUP
from core.render.proving.proof import Proof, prove_snapshot
from core.render.sizing.record import recall
from core.workers.containment import make_containment

_SIGNS: Final = {
    Severity.BLOCK: "BLOCK",
    Severity.WARN: "warn ",
    Severity.INFO: "info ",
    Severity.UNPROVEN: "?    ",
}
_WIDTH: Final = 80
_INDENT: Final = " " * 9


async def _run(here: Here) -> int:
    folder = project_folder(Path(here.arguments.project))
    project = here.project_if_any()
    local = await _local_python(here, project)
    measured = None if project is None else await asyncio.to_thread(recall, project.name)
    snapshot = await asyncio.to_thread(take_snapshot, folder, project, local, measured)
    findings = await asyncio.to_thread(examine, snapshot)
    if here.arguments.mend is not None:
        return await _mend(here, here.arguments.mend, snapshot.commit.top, findings)
    proof = await _prove(here, snapshot, project) if here.arguments.prove else None
    if proof is not None:
        findings = proof.over(findings)
    if here.arguments.json:
        here.terminal.line(document(findings, proof))
    else:
        here.terminal.line(*(printable(line, colour=False) for line in report(findings, proof)))
    return FAILED if blocks(findings) else DONE


async def _prove(here: Here, snapshot: Snapshot, project: Project | None) -> Proof:
    """Run what the commit starts, and show how that goes. Ctrl+C ends it, and all that it runs."""
    typed, terminal = here.arguments, here.terminal
    call = typed_call(typed, typed.task) if typed.task is not None else None
    whole = await asyncio.to_thread(with_draft, snapshot, project, here.wishes, here.environ)
    line: Callable[[str], None] = terminal.aside if typed.json else terminal.line
    progress = ProofProgress(line, terminal.progress)
    async with make_containment(terminal.aside) as containment:
        try:
            return await prove_snapshot(
                whole,
                containment,
                here.environ,
                progress.tell,
                call=call,
                limit_s=typed.timeout,
                found=progress.found,
            )
        finally:
            terminal.progress("")


async def _mend(here: Here, check: str, top: Path, findings: Sequence[Finding]) -> int:
    """Show what would be written for all findings of a check, ask, and write it."""
    known = [each.id for each in CHECKS]
    if check not in known:
        why = f"the checks are {', '.join(known)}"
        raise FleetError(f"there is no check {check}", why, "name one of them", exit_code=USAGE)
    mends = [each.seen.mend for each in findings if each.check == check and each.seen.mend]
    change = await asyncio.to_thread(prepare, mends, top)
    agreed = bool(change) and here.arguments.yes
    if not here.arguments.json:
        lines = list(change.diff()) or [f"{check} found nothing that can be mended here"]
        here.terminal.line(*(printable(line, colour=False) for line in lines))
        agreed = agreed or (bool(change) and here.terminal.ask("Write this?"))
    if agreed:
        await asyncio.to_thread(apply, change)
    if here.arguments.json:
        here.terminal.line(as_json("mend", check=check, diff=list(change.diff()), written=agreed))
    elif agreed:
        here.terminal.aside("written; commit it for Render to have it")
    elif change:
        here.terminal.aside("nothing was written: give --yes to write it")
    return DONE


async def _local_python(here: Here, project: Project | None) -> str | None:
    if project is None:
        return None
    try:
        return (await read_versions(project.interpreter, here.environ)).python
    except FleetError:
        return None  # the doctor tells; here it is one fact less


def document(findings: Sequence[Finding], proof: Proof | None = None) -> str:
    """All of it as one JSON document."""
    more = {} if proof is None else {"proof": proof_fields(proof)}
    return as_json("preflight", findings=[_fields(finding) for finding in findings], **more)


def _fields(finding: Finding) -> dict[str, Any]:
    seen = finding.seen
    place = {"file": seen.file, "line": seen.line}
    told = {"what": seen.what, "why": seen.why, "fix": seen.fix}
    return {"check": finding.check, "severity": seen.severity.value, **place, **told}


def report(findings: Sequence[Finding], proof: Proof | None = None) -> Iterator[str]:
    """The findings under the names of their groups, the unproven ones last; then the counts."""
    groups = dict.fromkeys(DYNAMIC, GROUP) | {check.id: check.group for check in CHECKS}
    if proof is not None and proof.where is not None:
        yield ""
    unproven = [each for each in findings if each.seen.severity is Severity.UNPROVEN]
    before = ""
    for finding in findings:
        if finding not in unproven:
            if groups[finding.check] != before:
                yield from ([""] if before else [])
                before = groups[finding.check]
                yield before
            yield from _lines(finding)
    if proof is not None and proof.passed:
        yield from ["", *proof_lines(proof)] if before else proof_lines(proof)
        before = GROUP
    if unproven:
        yield from ["", "Not proven"] if before else ["Not proven"]
        for finding in unproven:
            yield from _lines(finding)
    yield ""
    yield summary(findings)
    if mendable := dict.fromkeys(each.check for each in findings if each.seen.mend):
        told = f"solofleet render check --mend NAME mends: {', '.join(mendable)}"
        yield from _wrapped(told, "", "  ")


def _lines(finding: Finding) -> Iterator[str]:
    seen = finding.seen
    place = f"{seen.file}:{seen.line} " if seen.line else f"{seen.file} " if seen.file else ""
    head = f"  {_SIGNS[seen.severity]}  {place}{seen.what}"
    yield from _wrapped(head, "", _INDENT)
    yield from _wrapped(seen.why, _INDENT, _INDENT)
    yield from _wrapped(f"fix: {seen.fix}", _INDENT, _INDENT + "     ")


def _wrapped(text: str, first: str, later: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def summary(findings: Sequence[Finding]) -> str:
    """The last line."""
    count = Counter(finding.seen.severity for finding in findings)
    return (
        f"{len(CHECKS)} checks: {count[Severity.BLOCK]} block, {count[Severity.WARN]} warnings,"
        f" {count[Severity.INFO]} notes, {count[Severity.UNPROVEN]} not proven"
    )


def _options(parser: Parser) -> None:
    add_document(parser)
    parser.add_argument(
        "--prove", action="store_true", help="build it and run it too, where Linux is at hand"
    )
    parser.add_argument("--send", dest="task", metavar="TASK", help="run it, in place of a probe")
    parser.add_argument("--args", default="[]", metavar="JSON", help="a list")
    parser.add_argument("--kwargs", default="{}", metavar="JSON", help="an object")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="for all of that")
    parser.add_argument("--mend", metavar="NAME", help="mend what this check found, shown first")
    parser.add_argument("--yes", action="store_true", help="write it without asking")


RENDER_CHECK = Command(
    "render check", "what would fail on Render, by what git would send", _options, _run
)

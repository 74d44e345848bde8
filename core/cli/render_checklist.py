"""`solofleet render checklist`: the boxes of a deployment, ticked by what shows them."""

import asyncio
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_project
from core.cli.printable import printable
from core.cli.render_account import add_owner
from core.errors import DONE, FAILED, USAGE, FleetError
from core.project.folder import project_folder
from core.render.checklist.asking import remote_of
from core.render.checklist.box import BOXES, Box, box
from core.render.checklist.evidence import Evidence, State
from core.render.checklist.looking import look, name_of
from core.render.checklist.markdown import as_markdown, stamp, summary
from core.render.checklist.record import tick_off
from core.render.checklist.there import Remote
from core.render.checklist.ticking import SHORT, Now, Ticked
from core.render.preflight.snapshot import Snapshot

_SIGNS: Final = {
    State.DONE: "[x]",
    State.STALE: "[~]",
    State.OPEN: "[ ]",
    State.UNKNOWN: "[?]",
    State.NOT_NEEDED: "[-]",
}
_LEGEND: Final = "[x] done  [~] stale  [ ] open  [?] not known  [-] not needed"
_WIDTH: Final = 80


def _options(parser: Parser) -> None:
    add_project(parser)
    add_owner(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as one JSON document")
    how.add_argument("--markdown", action="store_true", help="for a pull request")
    names = ", ".join(each.id for each in BOXES if each.by_hand)
    parser.add_argument("--tick", action="append", metavar="BOX", help=f"seen by you: {names}")
    parser.add_argument("--untick", action="append", metavar="BOX", help="take that back")


async def _run(here: Here) -> int:
    typed = here.arguments
    tick = [_box_by_hand(id) for id in typed.tick or ()]
    untick = [_box_by_hand(id) for id in typed.untick or ()]
    folder, project = project_folder(Path(typed.project)), here.project_if_any()

    async def ask(snapshot: Snapshot) -> Remote | FleetError:
        return await remote_of(snapshot, here.environ, typed.owner, here.terminal.aside)

    now = await look(folder, project, ask)
    name = name_of(folder, project)
    whole = await asyncio.to_thread(tick_off, name, now, tick=tick, untick=untick)
    shown = folder.name
    if typed.json:
        here.terminal.line(document(shown, now, whole))
    elif typed.markdown:
        here.terminal.line(*as_markdown(shown, now, whole))
    else:
        lines = checklist_lines(shown, now, whole)
        here.terminal.line(*(printable(line, colour=False) for line in lines))
    return FAILED if {each.state for each in whole} & {State.OPEN, State.STALE} else DONE


def _box_by_hand(id: str) -> Box:
    known = box(id)
    if known is not None and known.by_hand:
        return known
    names = ", ".join(each.id for each in BOXES if each.by_hand)
    if known is None:
        what, why = f"there is no box {id}", f"those that a person ticks are {names}"
    else:
        what, why = f"the box {id} ticks itself", f"it is known from {known.how}"
    raise FleetError(what, why, f"name one of {names}", exit_code=USAGE)


def checklist_lines(name: str, now: Now, list_of: Sequence[Ticked]) -> Iterator[str]:
    """The sections with their boxes, evidence below each; what is missing to know more at first."""
    commit, remote = now.case.snapshot.commit, now.case.remote
    branch = f" ({commit.branch})" if commit.branch else ""
    where = "" if isinstance(remote, FleetError) else f", workspace {remote.workspace}"
    yield f"{name} at {commit.oid[:SHORT]}{branch}{where}: {summary(list_of)}"
    told = ""
    if isinstance(remote, FleetError):
        told = remote.fix
        yield from _wrapped(f"Render told nothing: {remote.what}, {remote.why}", "")
        yield from _wrapped(f"fix: {remote.fix}", "  ")
    for section, boxes in groupby(list_of, key=lambda each: each.box.section):
        yield ""
        yield section
        for each in boxes:
            yield from _box_lines(each, told)
    yield ""
    yield _LEGEND


def _box_lines(ticked: Ticked, told: str) -> Iterator[str]:
    """`told`: what helps, and was said already."""
    yield f"  {_SIGNS[ticked.state]} {ticked.box.words}"
    if ticked.why:
        yield from _wrapped(f"{ticked.state}: {ticked.why}", " " * 6)
    for each in ticked.evidence:
        yield from _wrapped(evidence_told(each), " " * 6)
    if ticked.tells and ticked.tells != told:
        yield from _wrapped(f"to do: {ticked.tells}", " " * 6)


def evidence_told(evidence: Evidence) -> str:
    """One thing that shows it, with its place, time, deploy and commit."""
    told = [evidence.place or evidence.source]
    told += [stamp(evidence.at)] if evidence.at is not None else []
    told += [evidence.deploy] if evidence.deploy else []
    told += [evidence.commit[:SHORT]] if evidence.commit else []
    return f"{' '.join(told)}: {evidence.words}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def document(name: str, now: Now, list_of: Sequence[Ticked]) -> str:
    """All of it for programs."""
    commit, remote = now.case.snapshot.commit, now.case.remote
    asked: dict[str, Any] = {"asked": False}
    if isinstance(remote, FleetError):
        asked |= {"what": remote.what, "why": remote.why, "fix": remote.fix}
    else:
        asked = {"asked": True, "workspace": remote.workspace, "at": remote.at.isoformat()}
    return as_json(
        "checklist",
        project=name,
        commit=commit.oid,
        branch=commit.branch,
        at=now.at.isoformat(),
        complete=all(each.state in (State.DONE, State.NOT_NEEDED) for each in list_of),
        render=asked,
        boxes=[_fields(each) for each in list_of],
    )


def _fields(ticked: Ticked) -> Mapping[str, Any]:
    return {
        "id": ticked.box.id,
        "section": ticked.box.section,
        "words": ticked.box.words,
        "how": ticked.box.how,
        "by_hand": ticked.box.by_hand,
        "state": ticked.state,
        "since": None if ticked.since is None else ticked.since.isoformat(),
        "why": ticked.why,
        "to_do": ticked.tells,
        "evidence": [_evidence(each) for each in ticked.evidence],
    }


def _evidence(evidence: Evidence) -> Mapping[str, Any]:
    return {
        "source": evidence.source,
        "words": evidence.words,
        "file": evidence.file,
        "line": evidence.line,
        "at": None if evidence.at is None else evidence.at.isoformat(),
        "commit": evidence.commit or None,
        "deploy": evidence.deploy or None,
    }


RENDER_CHECKLIST = Command(
    "render checklist", "tick the boxes of the deployment by what shows them", _options, _run
)

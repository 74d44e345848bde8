"""`solofleet render push`: commit chosen files, then push the branch that Render deploys."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from core.cli.command import Command, Here
from core.cli.consent import agree
from core.cli.json_printer import as_json
from core.cli.options import Parser, add_json
from core.cli.ps import counted
from core.cli.render_account import add_change, blueprint_of
from core.cli.table import table
from core.errors import DONE, FleetError
from core.project.folder import project_folder
from core.render.blueprint.services import services_of
from core.render.committing import Difference, choose, commit, read_differences
from core.render.pushing import Branch, Remote, choose_remote, push, read_branch

TOP: Final = 5


def push_lines(branch: Branch, remote: Remote, deployed: tuple[str, ...]) -> Iterator[str]:
    """What is about to be pushed; `deployed` are the branches that render.yaml names."""
    yield f"repository  {branch.top}"
    yield f"branch      {branch.name}, {_place(branch)}"
    yield f"remote      {remote.name} ({remote.address})"
    if branch.changed:
        yield f"not pushed  {counted(len(branch.changed), 'file')}, not committed:"
        yield from (f"              {path}" for path in branch.changed[:TOP])
        if len(branch.changed) > TOP:
            yield f"              and {len(branch.changed) - TOP} more"
    if deployed and branch.name not in deployed:
        yield f"note        render.yaml deploys {', '.join(deployed)}, not {branch.name}"


def _place(branch: Branch) -> str:
    if branch.upstream is None:
        return f"{counted(branch.ahead, 'commit')} that no remote has"
    behind = f", {branch.behind} behind" if branch.behind else ""
    return f"{counted(branch.ahead, 'commit')} ahead of {branch.upstream}{behind}"


def _options(parser: Parser) -> None:
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    parser.add_argument("--remote", metavar="NAME", help="by default the one the branch follows")
    parser.add_argument(
        "--commit",
        dest="files",
        nargs="+",
        metavar="FILE",
        help="commit these first, files or folders, and nothing else",
    )
    parser.add_argument("-m", "--message", metavar="TEXT", help="of that commit")
    add_change(parser)
    add_json(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    folder = project_folder(Path(typed.project))
    branch = await asyncio.to_thread(read_branch, folder)
    remote = choose_remote(branch, typed.remote)
    if typed.files:
        branch = await _commit(here, branch, typed.files, folder)
    for line in push_lines(branch, remote, await asyncio.to_thread(_deployed, folder)):
        here.terminal.aside(line)
    summary = None
    if branch.ahead or not branch.upstream:
        count = counted(branch.ahead, "commit")
        what = f"push {count} of {branch.name} to {remote.name} ({remote.address})"
        agree(what, here.ask)
        summary = await asyncio.to_thread(push, branch, remote)
    if typed.json:
        here.terminal.line(
            as_json(
                "push", branch=branch.name, commit=branch.oid, remote=remote.name, pushed=summary
            )
        )
    elif summary is None:
        here.terminal.line(f"{branch.name}: {remote.name} has all of it")
    else:
        here.terminal.line(f"pushed {branch.name} to {remote.name}: {summary}")
    return DONE


async def _commit(here: Here, branch: Branch, files: Sequence[str], folder: Path) -> Branch:
    """Show what was chosen, have it agreed to, commit it; the branch as it then is."""
    message = here.arguments.message or here.terminal.ask_for("Message of the commit:") or ""
    differences = await asyncio.to_thread(read_differences, branch)
    chosen = choose(differences, files, branch, Path.cwd(), folder)
    for line in commit_lines(chosen, message):
        here.terminal.aside(line)
    what = f"commit {counted(len(chosen), 'file')} to {branch.name} of {branch.top}"
    agree(what, here.ask)
    oid = await asyncio.to_thread(commit, branch, chosen, message)
    here.terminal.aside(f"committed {oid[:7]}")
    return await asyncio.to_thread(read_branch, branch.top)


def commit_lines(chosen: Sequence[Difference], message: str) -> Iterator[str]:
    """The message, and each file with the lines that come and go."""
    yield f"message     {message.strip() or '-'}"
    rows = [
        (f"{'':12}{each.state}", each.path, *_numbers(each.added, each.removed)) for each in chosen
    ]
    yield from table(rows, (0, 1))


def _numbers(added: int | None, removed: int | None) -> tuple[str, str]:
    return ("", "") if added is None else (f"+{added}", f"-{removed}")


def _deployed(folder: Path) -> tuple[str, ...]:
    """The branches that render.yaml names; none where that cannot be read."""
    try:
        document = blueprint_of(folder)
    except FleetError:
        return ()
    names = (service.text("branch") for service in services_of(document.root))
    return tuple(dict.fromkeys(filter(None, names)))


RENDER_PUSH = Command("render push", "commit and push what Render deploys", _options, _run)

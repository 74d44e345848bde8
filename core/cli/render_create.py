"""`solofleet render create`: what render.yaml has and Render has not, made there the first time."""

import asyncio
import webbrowser
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser
from core.cli.render_account import OnRender, add_change, add_render, blueprint_of, on_render
from core.cli.render_change import carry_out_agreed
from core.cli.table import indented
from core.errors import DONE, USAGE, FleetError
from core.project.folder import project_folder
from core.render.blueprint.reading import Document
from core.render.pushing import Branch, Remote, choose_remote, read_branch
from core.render.remote.connecting import Guide, connect_guide, repository
from core.render.remote.creating import Ground, creations


def guide_lines(guide: Guide, missing: Sequence[str], workspace: str) -> Iterator[str]:
    """What is not there, the page, and the steps."""
    yield f"the workspace {workspace} has no {', no '.join(missing)}"
    yield ""
    yield f"  {guide.page}"
    yield ""
    for number, step in enumerate(guide.steps, 1):
        yield from indented(f"{number}. {step}")


def _options(parser: Parser) -> None:
    add_render(parser)
    add_change(parser)
    parser.description = (
        "Shows how the repository is connected in Render's dashboard, which then makes and keeps "
        "all of render.yaml. With --api it is made one by one, and nobody keeps it in step."
    )
    parser.add_argument("--remote", metavar="NAME", help="by default the one the branch follows")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    parser.add_argument("--api", action="store_true", help="make it without the dashboard")


async def _run(here: Here) -> int:
    typed = here.arguments
    folder = project_folder(Path(typed.project))
    document = await asyncio.to_thread(blueprint_of, folder)
    branch = await asyncio.to_thread(read_branch, folder)
    remote = choose_remote(branch, typed.remote)
    async with on_render(here) as there:
        if typed.api:
            return await _create(here, there, document, branch, remote)
        missing = [each.name for each in there.matches if each.service is None]
        guide = connect_guide(document, branch, remote, there.owner.name)
    if typed.json:
        here.terminal.line(as_json("connect", missing=missing, **asdict(guide)))
    elif missing:
        here.terminal.line(*guide_lines(guide, missing, there.owner.name))
    else:
        here.terminal.line(f"the workspace {there.owner.name} has all services of render.yaml")
    if typed.open and missing:
        await asyncio.to_thread(webbrowser.open, guide.page)
    return DONE


async def _create(
    here: Here, there: OnRender, document: Document, branch: Branch, remote: Remote
) -> int:
    address = repository(remote)
    if branch.ahead or branch.upstream is None:
        raise FleetError(
            "nothing was made",
            f"{remote.name} does not have {branch.name} as it is here, and Render would build that",
            "Push first: solofleet render push",
            exit_code=USAGE,
        )
    ground = Ground(document, there.owner, address, branch.name)
    key_values = await there.api.key_values(there.owner.id)
    groups = await there.api.env_groups(there.owner.id)
    await carry_out_agreed(here, there, creations(ground, there.matches, key_values, groups))
    return DONE


RENDER_CREATE = Command(
    "render create", "make on Render what render.yaml has, the first time", _options, _run
)

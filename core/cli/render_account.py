"""The account on Render, as the verbs of `solofleet render` need it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from core.cli.command import Here
from core.cli.options import Parser, add_json
from core.errors import FleetError
from core.render.api.call import Caller, base_url
from core.render.api.client import RenderApi
from core.render.api.clock import Clock
from core.render.api.key import find_key
from core.render.api.matching import match
from core.render.api.pace import Pace
from core.render.blueprint.running import files_below
from core.render.remote.workspace import WORKSPACE, find_owner
from core.render.sizing.measured import Measured
from core.render.sizing.record import recall
from core.render.there import OnRender, blueprint_of

DASHBOARD: Final = "https://dashboard.render.com/blueprints"


def add_render(parser: Parser) -> None:
    """A project whose render.yaml is on Render."""
    parser.add_argument(
        "project", nargs="?", default=".", metavar="PROJECT", help="a folder, by default this one"
    )
    add_owner(parser)
    add_json(parser)


def add_owner(parser: Parser) -> None:
    """Which workspace."""
    parser.add_argument(
        "--owner", metavar="NAME", help="the workspace on Render, when the key sees several"
    )


def add_change(parser: Parser) -> None:
    """For a verb that changes something there."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


@asynccontextmanager
async def render_api(here: Here) -> AsyncGenerator[RenderApi]:
    """Render, with the key of the environment or the keyring. Raises FleetError."""
    base = base_url(here.environ)
    key = await asyncio.to_thread(find_key, here.environ)
    say = here.terminal.aside
    async with Caller(key, base, pace=Pace(say), clock=Clock(say)) as caller:
        yield RenderApi(caller)


@asynccontextmanager
async def on_render(here: Here) -> AsyncGenerator[OnRender]:
    """The workspace, and the services that are meant by render.yaml. Raises FleetError."""
    document = await asyncio.to_thread(blueprint_of, Path(here.arguments.project))
    async with render_api(here) as api:
        wanted = here.arguments.owner or here.environ.get(WORKSPACE)
        owner = await find_owner(api, document, wanted, here.terminal.aside)
        services, files = await api.services(owner=owner.id), files_below(document.file.parent)
        matches = await asyncio.to_thread(match, document, services, files)
        yield OnRender(api, owner, matches)


async def measured_of(here: Here) -> Measured | None:
    """What was measured of the project; None where that is nothing, or it has no Celery app."""
    try:
        project = await asyncio.to_thread(here.project)
    except FleetError:
        return None
    return await asyncio.to_thread(recall, project.name)

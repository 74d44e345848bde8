"""`solofleet render suspend`, `resume` and `restart`: a service stops, goes on, or begins anew."""

from collections.abc import Callable
from functools import partial

from core.cli.command import Command, Here
from core.cli.render_account import on_render
from core.cli.render_change import add_services, carry_out_agreed, services_meant
from core.errors import DONE
from core.render.api.answers import Service
from core.render.remote.change import Change
from core.render.remote.power import restart, resume, suspend


async def _run(make: Callable[[Service, str], Change], here: Here) -> int:
    async with on_render(here) as there:
        changes = [make(each, there.owner.name) for each in services_meant(here, there)]
        await carry_out_agreed(here, there, changes)
    return DONE


RENDER_SUSPEND = Command(
    "render suspend", "stop a service until it is resumed", add_services, partial(_run, suspend)
)
RENDER_RESUME = Command(
    "render resume", "start a suspended service again", add_services, partial(_run, resume)
)
RENDER_RESTART = Command(
    "render restart", "new processes of the same commit", add_services, partial(_run, restart)
)

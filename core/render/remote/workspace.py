"""Which workspace of several: the one named, or the one that has the services of the project."""

from collections.abc import Callable
from typing import Final

from core.render.api.answers import Owner
from core.render.api.client import RenderApi
from core.render.api.matching import choose_owner
from core.render.blueprint.reading import Document
from core.render.blueprint.services import services_of

WORKSPACE: Final = "RENDER_WORKSPACE"
"""The id of one, as Render's own command line has it (render-oss/cli, README)."""


async def find_owner(
    api: RenderApi, document: Document, wanted: str | None, say: Callable[[str], None]
) -> Owner:
    """The one of this name or id; else the only one, or the only one with a service of the file.

    `say` hears of the last case. Raises FleetError when that leaves several, or none.
    """
    owners = await api.owners()
    names = [name for each in services_of(document.root) if (name := each.text("name"))]
    if wanted is None and len(owners) > 1 and names:
        having: list[Owner] = []
        for owner in owners:
            if await api.services(names, owner.id):
                having.append(owner)
        if len(having) == 1:
            say(f"workspace {having[0].name}, which has services of this project")
            return having[0]
    return choose_owner(owners, wanted or None)

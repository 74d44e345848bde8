"""`solofleet render login`: keep the key of Render's API in the system's keyring."""

import asyncio

from core.cli.command import Command, Here
from core.cli.options import Parser
from core.errors import DONE
from core.render.api.call import Caller, base_url
from core.render.api.client import RenderApi
from core.render.api.key import PAGE, checked, keep_key


def _options(parser: Parser) -> None:
    parser.description = (
        f"Asks for a key, which {PAGE} makes, tries it, and keeps it in the keyring of this system."
        " It is read from standard input when that is no terminal, and never from the command line."
    )


async def _run(here: Here) -> int:
    key = checked(
        await asyncio.to_thread(here.terminal.ask_secret, "Key (not shown):"), "the input"
    )
    async with Caller(key, base_url(here.environ)) as caller:
        owners = await RenderApi(caller).owners()
    await asyncio.to_thread(keep_key, key)
    names = ", ".join(owner.name for owner in owners)
    here.terminal.line(f"the key is kept in the keyring; it sees: {names}")
    return DONE


RENDER_LOGIN = Command("render login", "keep the key of Render's API", _options, _run)

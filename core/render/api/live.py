"""The lines of a log as they are printed, by WebSocket.

`/logs/subscribe` of https://api-docs.render.com/reference: one line of JSON in each frame.
"""

import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidStatus, WebSocketException

from core import __version__
from core.render.api.call import Caller
from core.render.api.lenient import table
from core.render.api.log_line import LogLine, LogQuery
from core.render.api.refusal import lost, refused
from core.secret import MASK

PATH: Final = "/logs/subscribe"
MAX_BYTES: Final = 2**20
"""Of one line; a longer one ends the connection."""
_FAILING: Final = "the live logs were not read"
# It would write the headers of each request down, and the key with them.
_silent: Final = logging.Logger(__name__)
_silent.disabled = True


@asynccontextmanager
async def live_lines(caller: Caller, query: LogQuery) -> AsyncGenerator[AsyncIterator[LogLine]]:
    """The lines that are printed from now on, for the time of the block.

    They end when Render closes the connection. Raises Refused, and NetworkLost when it is lost.
    """
    await caller.turn("GET", PATH)
    url = caller.url(PATH, query.params()).replace("http", "ws", 1)
    key = caller.key.reveal()
    try:
        connection = await connect(
            url,
            additional_headers={"Authorization": f"Bearer {key}"},
            user_agent_header=f"solofleet/{__version__}",
            max_size=MAX_BYTES,
            logger=_silent,
        )
    except InvalidStatus as error:
        text = error.response.body.decode("utf-8", "replace").replace(key, MASK)
        raise refused(_FAILING, error.response.status_code, text) from None
    except (OSError, InvalidHandshake, TimeoutError) as error:
        raise lost(_FAILING, error, sent=False, changes=False) from None
    async with connection:
        yield _lines(connection)


async def _lines(connection: ClientConnection) -> AsyncIterator[LogLine]:
    try:
        async for frame in connection:
            try:
                told = table(json.loads(frame))
            except ValueError:  # some note of Render's; it is no line
                continue
            if told:
                yield LogLine.read(told)
    except (OSError, WebSocketException) as error:
        raise lost(_FAILING, error, sent=False, changes=False) from None

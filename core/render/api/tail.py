"""The log of services as it goes on, also after the network was lost: no line twice, none left out.

Render tells the time of a line to the nanosecond and gives each an id. After a loss, the lines from
the last time on are asked for, and those that were told already are left out by their ids.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Final

from core.render.api.client import RenderApi
from core.render.api.live import live_lines
from core.render.api.log_line import LogLine, LogQuery
from core.render.api.refusal import NetworkLost, Refused

MOST_REMEMBERED: Final = 5000
"""Ids of lines; more than Render gives for a moment."""
MOST_PAGES: Final = 50
"""Of one gap: 5,000 lines."""
LONGEST_S: Final = 30.0


class Told:
    """Which lines were told already; the oldest are forgotten.

    `last` is the time of the latest one, `behind` whether there are more to be asked for.
    """

    def __init__(self) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self.behind = False
        self.last: datetime | None = None

    def is_new(self, line: LogLine) -> bool:
        """Whether it was not told before; it then is."""
        if line.at is not None and (self.last is None or line.at > self.last):
            self.last = line.at
        if not line.id:
            return True
        if line.id in self._ids:
            return False
        self._ids[line.id] = None
        if len(self._ids) > MOST_REMEMBERED:
            self._ids.popitem(last=False)
        return True


async def lines_since(
    api: RenderApi, query: LogQuery, told: Told, start: datetime | None
) -> AsyncGenerator[LogLine]:
    """The lines since a time that were not told; all pages of them, up to `MOST_PAGES`.

    `told.behind` says afterwards whether there were more.
    """
    told.behind = True
    at = told.last or start
    for _ in range(MOST_PAGES):
        page = await api.logs(query, start=at, forward=True)
        for line in page.lines:
            if told.is_new(line):
                yield line
        if page.next_start is None or page.next_start == at:
            told.behind = False
            return
        at = page.next_start


async def tail(
    api: RenderApi,
    query: LogQuery,
    told: Told,
    on_trouble: Callable[[str], None],
    *,
    start: datetime | None = None,
    on_live: Callable[[], object] = lambda: None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncGenerator[LogLine]:
    """Lines until whoever reads them stops; `start`: from that time on.

    `on_trouble` hears of each loss, `on_live` of each connection. Raises Refused for what trying
    again cannot mend.
    """
    delay_s = 1.0
    while True:
        why = "Render closed the live log"
        try:
            async with live_lines(api.caller, query) as lines:
                on_live()
                if (start or told.last) is not None:
                    async with aclosing(lines_since(api, query, told, start)) as missed:
                        async for line in missed:
                            yield line
                delay_s = 1.0
                async for line in lines:
                    if told.is_new(line):
                        yield line
        except NetworkLost as error:
            why = error.why
        except Refused as error:
            if error.status < 500 and error.status != 429:
                raise
            why = error.why
        on_trouble(f"{why}; trying again in {delay_s:.0f} s")
        await sleep(delay_s)
        delay_s = min(LONGEST_S, delay_s * 2)

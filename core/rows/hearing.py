"""Waits for a line in what a log gets from now on."""

import asyncio
import re

from core.logs.store import LogStore


class Hearing:
    """`hear` is to be called whenever the store has grown."""

    def __init__(self, store: LogStore) -> None:
        self._store = store
        self._next = store.end
        self._news = asyncio.Event()

    def hear(self) -> None:
        """There are more lines."""
        self._news.set()

    async def line(self, pattern: re.Pattern[str]) -> str:
        """The first line that matches, anywhere in it, of those that came since."""
        while True:
            self._news.clear()
            end = self._store.end
            for text in self._store.slice(self._next, end):
                if pattern.search(text):
                    return text
            self._next = end
            await self._news.wait()

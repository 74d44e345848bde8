"""Runs scenarios ahead of when they are asked for, some at the same time."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Generic, Self, TypeVar

import pytest
import redis

Seen = TypeVar("Seen")


class Ahead(Generic[Seen]):
    """`at_once` scenarios at a time, by name: most of a run is waiting.

    `run(name, place)` gives what became of one; no two run at the same time with one place, which
    counts from 0.
    """

    def __init__(self, names: Iterable[str], at_once: int, run: Callable[[str, int], Seen]) -> None:
        self._run = run
        self._places: SimpleQueue[int] = SimpleQueue()
        for place in range(at_once):
            self._places.put(place)
        self._threads = ThreadPoolExecutor(at_once)
        self._futures: dict[str, Future[Seen]] = {
            name: self._threads.submit(self._run_in_place, name) for name in names
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)

    def of(self, name: str) -> Seen:
        """What became of a scenario; waits for it."""
        return self._futures[name].result()

    def _run_in_place(self, name: str) -> Seen:
        place = self._places.get()
        try:
            return self._run(name, place)
        finally:
            self._places.put(place)


def asked(request: pytest.FixtureRequest) -> list[str]:
    """The scenarios that the tests of this session ask for with the fixture `scenario_runs`."""
    return [
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "scenario_runs" in item.fixturenames
    ]


def emptied(server: str, number: int) -> str:
    """The URL of this database of the server whose URL is given, with nothing in it."""
    url = f"{server.rpartition('/')[0]}/{number}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url

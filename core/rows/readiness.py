"""When a row is ready: a fact that is waited for, never a time that is slept away."""

import asyncio
import re
import socket
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, assert_never

LOOPBACK: Final = ("127.0.0.1", "::1")
ASK_AGAIN_S: Final = 0.1
ANSWER_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class PortListens:
    """Something accepts connections at this port of the loopback address."""

    port: int


@dataclass(frozen=True, slots=True)
class HttpAnswers:
    """A GET of this path is answered with a status below 500: also 401 is an answer."""

    port: int
    path: str


@dataclass(frozen=True, slots=True)
class LineMatches:
    """A line of its log matches the pattern, anywhere in the line."""

    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class UpFor:
    """It has lived so long: for commands of which nothing is known."""

    seconds: float = 1.0


Readiness: TypeAlias = PortListens | HttpAnswers | LineMatches | UpFor


def port_of(rule: Readiness) -> int | None:
    """The port that must be free before the row is started."""
    return rule.port if isinstance(rule, PortListens | HttpAnswers) else None


async def wait_until_ready(
    rule: Readiness, line: Callable[[re.Pattern[str]], Coroutine[Any, Any, str]]
) -> str:
    """Wait for the fact; the evidence in words. `line` waits for a line that matches."""
    match rule:
        case PortListens():
            while not await asyncio.to_thread(listens, rule.port):
                await asyncio.sleep(ASK_AGAIN_S)
            return f"port {rule.port} listens"
        case HttpAnswers():
            while not (status := await _status(rule)):
                await asyncio.sleep(ASK_AGAIN_S)
            return f"{rule.path} answers {status} at port {rule.port}"
        case LineMatches():
            return f"said: {await line(rule.pattern)}"
        case UpFor():
            await asyncio.sleep(rule.seconds)
            return f"up for {rule.seconds:g} s"
        case _:
            assert_never(rule)


def listens(port: int) -> bool:
    """Whether a connection to this port of the loopback address is accepted. May take 1 s."""
    for host in LOOPBACK:
        with suppress(OSError), closing(socket.create_connection((host, port), timeout=0.5)):
            return True
    return False


async def _status(rule: HttpAnswers) -> int | None:
    """The status below 500 of the answer; None when there is no such answer yet."""
    for host in LOOPBACK:
        with suppress(OSError, TimeoutError, ValueError):
            async with asyncio.timeout(ANSWER_S):
                status = await _get(host, rule)
            if status < 500:
                return status
    return None


async def _get(host: str, rule: HttpAnswers) -> int:
    reader, writer = await asyncio.open_connection(host, rule.port)
    try:
        writer.write(
            f"GET {rule.path} HTTP/1.1\r\nHost: localhost:{rule.port}\r\n"
            "User-Agent: solofleet\r\nConnection: close\r\n\r\n".encode()
        )
        found = re.match(rb"HTTP/\d(?:\.\d)? (\d{3})\b", await reader.readline())
        return int(found[1]) if found else 500
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

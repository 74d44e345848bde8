"""When a row is ready."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from core.broker.builtin import free_port
from core.rows.readiness import (
    HttpAnswers,
    LineMatches,
    PortListens,
    Readiness,
    UpFor,
    listens,
    port_of,
    wait_until_ready,
)

LIMIT_S = 20.0


async def no_line(pattern: re.Pattern[str]) -> str:
    raise AssertionError("nobody asked for a line")


@asynccontextmanager
async def server(answer: Callable[[bytes], bytes]) -> AsyncIterator[int]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(await reader.readline()))
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as serving:
        yield serving.sockets[0].getsockname()[1]


async def test_a_port_that_listens_is_the_evidence() -> None:
    port = free_port()
    async with asyncio.timeout(LIMIT_S), asyncio.TaskGroup() as jobs:
        waits = jobs.create_task(wait_until_ready(PortListens(port), no_line))
        assert not await asyncio.to_thread(listens, port)
        assert not waits.done()
        with socket.create_server(("127.0.0.1", port)):
            assert await waits == f"port {port} listens"


@pytest.mark.parametrize("status", [200, 302, 401, 404])
async def test_an_answer_below_500_is_the_evidence(status: int) -> None:
    asked: list[bytes] = []

    def answer(line: bytes) -> bytes:
        asked.append(line)
        return b"HTTP/1.1 %d Something\r\n\r\n" % (503 if len(asked) == 1 else status)

    async with asyncio.timeout(LIMIT_S), server(answer) as port:
        words = await wait_until_ready(HttpAnswers(port, "/health"), no_line)
    assert words == f"/health answers {status} at port {port}"
    assert asked == [b"GET /health HTTP/1.1\r\n"] * 2


async def test_what_is_no_http_is_no_answer() -> None:
    answers = iter([b"", b"+PONG\r\n"])
    async with (
        asyncio.timeout(LIMIT_S),
        server(lambda line: next(answers, b"HTTP/1.0 204\r\n")) as port,
    ):
        assert "204" in await wait_until_ready(HttpAnswers(port, "/"), no_line)


async def test_a_line_that_matches_is_the_evidence() -> None:
    async def line(pattern: re.Pattern[str]) -> str:
        assert pattern.pattern == "up"
        return "it is up"

    assert await wait_until_ready(LineMatches(re.compile("up")), line) == "said: it is up"


async def test_without_a_rule_it_is_enough_to_live() -> None:
    assert await wait_until_ready(UpFor(0.0), no_line) == "up for 0 s"


@pytest.mark.parametrize(
    ("rule", "port"),
    [(PortListens(1), 1), (HttpAnswers(2, "/"), 2), (UpFor(), None)],
)
def test_the_port_of_a_rule(rule: Readiness, port: int | None) -> None:
    assert port_of(rule) == port

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import redis.asyncio

from core.broker.builtin import BuiltinBroker, env, free_port
from core.broker.servers import ServerChoice, find_server
from core.errors import UNAVAILABLE, FleetError
from core.workers.containment import Containment

FAKEREDIS = find_server(which=lambda program: None, of_wheel=lambda: None)


def script(code: str) -> ServerChoice:
    return ServerChoice("script", (sys.executable, "-c", code), "a script", slow=True)


def real_script(code: str) -> ServerChoice:
    return replace(script(code), slow=False)


def port_of(broker: BuiltinBroker) -> int:
    return int(broker.url.rpartition(":")[2].partition("/")[0])


def test_all_variables_that_celery_prefers_name_the_broker() -> None:
    assert env("redis://127.0.0.1:1/0") == {
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        "CELERY_BROKER_READ_URL": "redis://127.0.0.1:1/0",
        "CELERY_BROKER_WRITE_URL": "redis://127.0.0.1:1/0",
        "CELERY_RESULT_BACKEND": "redis://127.0.0.1:1/0",
    }


async def test_it_answers_inside_and_leaves_nothing_behind(
    containment: Containment, real: ServerChoice
) -> None:
    async with BuiltinBroker(containment, os.environ, real) as broker:
        assert broker.url.startswith("redis://127.0.0.1:")
        assert 0 < broker.latency_ms < 1000
        async with redis.asyncio.from_url(broker.url) as client:
            assert await client.ping()
            folder = Path((await client.config_get("dir"))["dir"])
            assert (await client.config_get("save"))["save"] == ""
        assert folder.is_dir()
    assert not folder.exists()
    assert not psutil.pid_exists(broker.child.pid)
    with pytest.raises(OSError, match=r"\d"):
        await asyncio.open_connection("127.0.0.1", port_of(broker))


async def test_fakeredis_serves_where_there_is_nothing_else(containment: Containment) -> None:
    async with (
        BuiltinBroker(containment, os.environ, FAKEREDIS) as broker,
        redis.asyncio.from_url(broker.url) as client,
    ):
        assert await client.ping()
        assert broker.choice.slow
    assert not psutil.pid_exists(broker.child.pid)


@pytest.mark.parametrize("choice", [None, FAKEREDIS])
async def test_a_port_taken_by_another_broker_is_left_to_it(
    containment: Containment, broker: BuiltinBroker, choice: ServerChoice | None
) -> None:
    ports = iter([port_of(broker), free_port()])
    second = BuiltinBroker(containment, os.environ, choice, find_port=lambda: next(ports))
    async with second, redis.asyncio.from_url(broker.url) as client:
        assert second.url != broker.url
        assert await client.ping()


async def test_when_every_port_is_taken_the_server_is_quoted(
    containment: Containment, broker: BuiltinBroker
) -> None:
    second = BuiltinBroker(containment, os.environ, find_port=lambda: port_of(broker))
    with pytest.raises(FleetError, match=f"{port_of(broker)}: ") as caught:
        await second.__aenter__()
    assert "exit code 1" in caught.value.why
    assert caught.value.exit_code == UNAVAILABLE


async def test_a_server_that_does_not_answer_in_time_is_ended(containment: Containment) -> None:
    choice = script("import time; print('hm', flush=True); time.sleep(60)")
    broker = BuiltinBroker(containment, os.environ, choice, ready_s=4)
    with pytest.raises(FleetError, match=r"did not answer within 4 s; it said: hm"):
        await broker.__aenter__()
    assert not psutil.pid_exists(broker.child.pid)


async def test_cancelling_the_start_ends_the_server(containment: Containment) -> None:
    broker = BuiltinBroker(containment, os.environ, script("import time; time.sleep(60)"))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await broker.__aenter__()
    assert not psutil.pid_exists(broker.child.pid)


# Says what it is told to, is slow to listen, hangs up on its first client, answers the second.
HESITANT = """
import socket, sys, time
print({words!r}, flush=True)
time.sleep(0.2)
server = socket.create_server(("127.0.0.1", int(sys.argv[{port}])))
server.accept()[0].close()
client = server.accept()[0]
client.recv(100)
client.sendall(b"+PONG\\r\\n")
client.recv(100)
"""


async def test_it_waits_for_the_answer_of_a_server_that_says_it_is_ready(
    containment: Containment,
) -> None:
    choice = script(HESITANT.format(words="Ready to accept connections", port=1))
    async with BuiltinBroker(containment, os.environ, choice) as broker:
        assert broker.url


async def test_a_server_that_does_not_say_so_is_trusted_after_a_while(
    containment: Containment,
) -> None:
    choice = real_script(HESITANT.format(words="silent about it", port=2))
    async with BuiltinBroker(containment, os.environ, choice, silent_s=0.1) as broker:
        assert broker.url


async def test_a_server_that_dies_later_is_reported_with_what_is_lost(
    broker: BuiltinBroker,
) -> None:
    async with asyncio.TaskGroup() as jobs:
        died = jobs.create_task(broker.died())
        broker.child.kill()
    assert "all messages in it are lost" in died.result().what
    if sys.platform != "win32":
        assert "killed by signal 9" in died.result().why


async def test_a_program_that_is_not_there_is_an_error(containment: Containment) -> None:
    choice = ServerChoice("none", ("/no/such/server",), "none")
    with pytest.raises(FleetError, match="/no/such/server"):
        await BuiltinBroker(containment, os.environ, choice).__aenter__()


async def test_a_server_that_ends_without_a_word_is_said_to(containment: Containment) -> None:
    broker = BuiltinBroker(containment, os.environ, script("raise SystemExit(3)"))
    with pytest.raises(FleetError, match="exit code 3; it said nothing"):
        await broker.__aenter__()

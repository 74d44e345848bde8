import asyncio
import os
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import redis.asyncio

from core.broker.builtin import BuiltinBroker, free_port
from core.broker.probe import Probe, probe
from core.broker.servers import ServerChoice, find_server
from core.errors import UNAVAILABLE, FleetError
from core.secret import Secret
from core.workers.containment import Containment

PASSWORD = "h1dden-pw"
CERTIFICATE = Path(__file__).with_name("localhost.pem")  # self-signed, for these tests alone


async def ask(url: str, timeout_s: float = 10) -> Probe:
    return await probe(Secret(url), timeout_s)


async def failure(url: str, timeout_s: float = 10) -> FleetError:
    found = await ask(url, timeout_s)
    assert found.reachable is False
    assert found.latency_ms is None
    assert found.error
    assert PASSWORD not in str(found.error)
    return found.error


@pytest.fixture
async def guarded(real_broker: BuiltinBroker) -> AsyncIterator[str]:
    """Give host and port of a server that asks for PASSWORD."""
    async with redis.asyncio.from_url(real_broker.url) as client:
        await client.config_set("requirepass", PASSWORD)
        await client.execute_command("ACL", "SETUSER", "pinger", "on", f">{PASSWORD}", "+ping")
        yield real_broker.url.removeprefix("redis://").removesuffix("/0")


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
    except OSError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def tls_in_front_of(url: str) -> AsyncIterator[str]:
    """Serve TLS before the server at `url`; give `host:port`."""
    port = int(url.rpartition(":")[2].partition("/")[0])

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.TaskGroup() as jobs:
            jobs.create_task(pipe(reader, to_writer))
            jobs.create_task(pipe(to_reader, writer))

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    async with await asyncio.start_server(forward, "127.0.0.1", 0, ssl=context) as server:
        yield f"localhost:{server.sockets[0].getsockname()[1]}"


async def test_a_host_that_cannot_be_is_told() -> None:
    error = await failure(f"redis://:{PASSWORD}@a..b:6379/0")
    assert error.why == "the name a..b is not known: no host can be called so"
    assert "check the spelling" in error.fix


async def test_a_file_for_tls_that_is_missing_is_told() -> None:
    error = await failure("rediss://localhost:6379/0?ssl_cert_reqs=required&ssl_ca_certs=/gone.pem")
    assert error.why == "a file that its address names for TLS is not there"
    assert error.fix == "correct ssl_ca_certs in the address"


async def test_a_broker_that_answers_tells_what_it_is(real_broker: BuiltinBroker) -> None:
    found = await ask(real_broker.url)
    assert found.reachable
    assert found.local
    assert found.error is None
    assert found.latency_ms is not None and 0 < found.latency_ms < 1000
    assert found.server and real_broker.choice.label.startswith(found.server)
    assert found.version and found.version[0].isdecimal()


async def test_a_server_without_info_is_reachable_all_the_same(containment: Containment) -> None:
    fakeredis = find_server(which=lambda program: None, of_wheel=lambda: None)
    async with BuiltinBroker(containment, os.environ, fakeredis) as broker:
        found = await ask(broker.url)
    assert found.reachable
    assert (found.server, found.version, found.error) == (None, None, None)


async def test_the_right_password_opens(guarded: str) -> None:
    assert (await ask(f"redis://:{PASSWORD}@{guarded}/0")).reachable


async def test_a_user_who_may_only_ping_is_enough(guarded: str) -> None:
    found = await ask(f"redis://pinger:{PASSWORD}@{guarded}/0")
    assert (found.reachable, found.version) == (True, None)


@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("", "asks for a password, the address has none"),
        (f":{PASSWORD}x@", "refuses this user or password"),
        (f"nobody:{PASSWORD}@", "refuses this user or password"),
    ],
)
async def test_a_refused_login_is_explained(guarded: str, login: str, why: str) -> None:
    error = await failure(f"redis://{login}{guarded}/0")
    assert why in error.why
    assert guarded in error.what
    assert error.exit_code == UNAVAILABLE


async def test_a_password_for_a_server_without_one_is_explained(real_broker: BuiltinBroker) -> None:
    error = await failure(real_broker.url.replace("//", f"//:{PASSWORD}@"))
    assert "the server asks for none" in error.why


async def test_a_database_that_is_not_there_is_explained(real_broker: BuiltinBroker) -> None:
    error = await failure(real_broker.url.removesuffix("/0") + "/9999")
    assert "out of range" in error.why


async def test_nobody_listening_is_explained() -> None:
    port = free_port()
    error = await failure(f"redis://:{PASSWORD}@localhost:{port}/0")
    assert error.why == f"nothing listens on port {port}"
    assert "--broker builtin" in error.fix
    assert "nothing listens" in (await failure(f"amqp://me:{PASSWORD}@localhost:{port}//")).why


async def test_an_unknown_host_is_explained() -> None:
    error = await failure(f"redis://:{PASSWORD}@no-such-host.invalid/0")
    assert "the name no-such-host.invalid is not known" in error.why


async def test_silence_ends_in_time_and_is_explained() -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await failure(f"redis://:{PASSWORD}@127.0.0.1:{port}/0", timeout_s=0.2)
    assert error.why == "no answer within 0.2 s"


async def test_hanging_up_is_explained() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await failure(f"redis://127.0.0.1:{port}/0")
    assert "the connection failed" in error.why
    assert "rediss://" in error.fix


async def test_tls_is_spoken_when_the_address_says_so(broker: BuiltinBroker) -> None:
    async with tls_in_front_of(broker.url) as place:
        found = await ask(f"rediss://{place}/0?ssl_cert_reqs=required&ssl_ca_certs={CERTIFICATE}")
        assert (found.reachable, found.error) == (True, None)
        unchecked = await ask(f"rediss://{place}/0?ssl_cert_reqs=none")
        assert (unchecked.reachable, unchecked.error) == (True, None)


async def test_a_reachable_address_that_the_backend_refuses_is_said_to(
    broker: BuiltinBroker,
) -> None:
    async with tls_in_front_of(broker.url) as place:
        found = await ask(f"rediss://{place}/0")
    assert found.reachable
    assert found.error and "?ssl_cert_reqs=required" in found.error.fix


async def test_a_certificate_that_is_not_accepted_is_explained(broker: BuiltinBroker) -> None:
    async with tls_in_front_of(broker.url) as place:
        error = await failure(f"rediss://:{PASSWORD}@{place}/0?ssl_cert_reqs=required")
    assert "its TLS certificate is not accepted: self" in error.why


async def test_tls_to_a_server_without_it_is_explained(broker: BuiltinBroker) -> None:
    error = await failure(broker.url.replace("redis:", "rediss:"), timeout_s=0.5)
    assert "a server without TLS" in error.fix  # a real one keeps silent, others break off


async def test_a_rabbitmq_is_reached_by_a_connection(broker: BuiltinBroker) -> None:
    found = await ask(broker.url.replace("redis://", "amqp://"))
    assert (found.reachable, found.local, found.server) == (True, True, "AMQP")
    assert found.latency_ms


async def test_other_transports_are_not_probed() -> None:
    assert await ask("sqs://KEY:secret@") == Probe(reachable=None, local=False)


async def test_an_address_that_cannot_be_used_is_not_reachable() -> None:
    assert "nothing has replaced" in (await failure("${REDIS_URL}")).what


@pytest.mark.skipif(sys.platform == "win32", reason="socket files")
async def test_a_socket_file_is_reached_or_missed(
    containment: Containment, real: ServerChoice, tmp_path: Path
) -> None:
    path = tmp_path / "server.sock"
    command = (*real.command, "--unixsocket", str(path))
    listening = replace(real, command=command)
    async with BuiltinBroker(containment, os.environ, listening):
        found = await ask(f"redis+socket://{path}?virtual_host=1")
        assert (found.reachable, found.local) == (True, True)
    missed = await failure(f"redis+socket://:{PASSWORD}@{tmp_path}/other.sock")
    assert "no such socket file" in missed.why

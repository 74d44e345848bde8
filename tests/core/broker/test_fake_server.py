import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from core.broker import fake_server
from core.broker.builtin import free_port


@pytest.fixture
def client() -> Iterator[redis.Redis]:
    server = fake_server.make_server(0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with redis.Redis(port=server.server_address[1], socket_timeout=20) as client:
            yield client
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_it_keeps_what_it_is_given(client: redis.Redis) -> None:
    client.lpush("queue", "a", "b")
    assert client.brpop(["queue"], timeout=1) == (b"queue", b"a")
    assert client.llen("queue") == 1


def test_a_reply_larger_than_the_sockets_buffer_comes_whole(client: redis.Redis) -> None:
    large = b"x" * 20_000_000
    client.set("large", large)
    assert client.get("large") == large


def test_a_silent_receiver_gets_what_others_publish_and_push(client: redis.Redis) -> None:
    with client.pubsub() as channel, client.client() as popper:
        channel.subscribe("news")
        assert channel.get_message(timeout=10)
        popped: list[object] = []
        waiting = threading.Thread(target=lambda: popped.append(popper.brpop(["q"], timeout=10)))
        waiting.start()
        client.publish("news", "text")
        client.lpush("q", "value")
        message = channel.get_message(timeout=10)
        waiting.join()
    assert message and message["data"] == b"text"
    assert popped == [(b"q", b"value")]


def start(port: int, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", fake_server.__file__, str(port)],
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_it_runs_from_any_folder_and_ends_with_its_input(tmp_path: Path) -> None:
    port = free_port()
    with start(port, tmp_path) as server:
        assert server.stdin and server.stdout
        assert server.stdout.readline().strip() == b"Ready to accept connections"
        with redis.Redis(port=port) as client:
            assert client.ping()
            server.stdin.close()
            assert server.wait(timeout=20) == 0


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with fake_server.make_server(0) as first:
        port = first.server_address[1]
        with start(port, tmp_path) as second:
            _, said = second.communicate(timeout=20)
    assert f"port {port}: ".encode() in said
    assert second.returncode == 1

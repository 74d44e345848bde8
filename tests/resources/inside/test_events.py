"""The stream of events on every Celery: real workers of the literal command, a real broker."""

import json
import os
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.broker import Server
from tests.support.events import NODE, publish
from tests.support.inside import (
    PROJECTS,
    Bridge,
    Inside,
    bridge,
    broker_variables,
    send,
    start_message,
)
from tests.support.venvs import python_with_celery

NEWEST = "5.7.0"
TASKY = PROJECTS / "tasky"


@contextmanager
def listener(python: Path, url: str, app: str = "tasky", **more: Any) -> Iterator[Inside]:
    """`events.py` for the time of the block."""
    workdir = Path(more.pop("workdir", TASKY))
    started = Inside(python, "events.py", start_message(url, app, workdir, **more), workdir)
    try:
        yield started
    finally:
        started.close()


@pytest.fixture(scope="module")
def events(python: Path, its_server: Server) -> Iterator[Inside]:
    """A stream that was there before its worker."""
    with listener(python, its_server.url) as running:
        running.wait("ready")
        yield running


@pytest.fixture(scope="module")
def plain_worker(python: Path, its_server: Server, events: Inside) -> Iterator[subprocess.Popen]:
    """The literal command, but for the second that mingling takes."""
    command = f"-m celery -A tasky worker --pool=solo -n {NODE} --loglevel=info -E"
    process = subprocess.Popen(
        [str(python), *command.split(), "--without-mingle", "--without-gossip"],
        cwd=TASKY,
        env={**os.environ, **broker_variables(its_server.url)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    events.wait("worker-online", node=NODE, pid=process.pid)
    yield process
    process.kill()
    process.wait(10)


def test_a_worker_that_comes_is_told_with_its_numbers(
    events: Inside, plain_worker: subprocess.Popen, python: Path
) -> None:
    assert [record["kind"] for record in events.records[:2]] == ["ready", "worker-online"]
    ready, online = events.records[:2]
    assert ready["python"].startswith("3.")
    assert (online["active"], online["processed"]) == (0, 0)
    assert f"celery-{online['celery']}-" in str(python)


def test_a_task_is_told_with_name_arguments_and_result(
    events: Inside, plain_worker: subprocess.Popen, its_calls: Bridge
) -> None:
    task_id = send(its_calls, "tasky.add", 1, 2)
    events.wait("task-succeeded", id=task_id)
    assert events.kinds(task_id) == ["task-received", "task-started", "task-succeeded"]
    told = [record for record in events.records if record.get("id") == task_id]
    assert {record["name"] for record in told} == {"tasky.add"}
    assert {(record["node"], record["pid"]) for record in told} == {(NODE, plain_worker.pid)}
    assert (told[0]["args"], told[0]["kwargs"], told[0]["retries"]) == ("(1, 2)", "{}", 0)
    assert (told[2]["result"], told[2]["runtime"] >= 0) == ("3", True)
    assert told[0]["t"] <= told[1]["t"] <= told[2]["t"]


def test_the_bad_ends_of_tasks_are_told(
    events: Inside, plain_worker: subprocess.Popen, its_calls: Bridge
) -> None:
    failed, retried = send(its_calls, "tasky.boom", "no address"), send(its_calls, "tasky.again", 0)
    expired = send(its_calls, "tasky.add", 1, expires=-1)
    assert events.wait("task-failed", id=failed)["exception"] == "ValueError('no address')"
    assert "ValueError('again')" in events.wait("task-retried", id=retried)["exception"]
    assert events.wait("task-failed", id=retried)["exception"] == "ValueError('again')"
    assert events.kinds(retried)[-3:] == ["task-received", "task-started", "task-failed"]
    assert events.wait("task-revoked", id=expired)["expired"] is True


def test_heartbeats_tell_how_many_tasks_were_begun(
    events: Inside, plain_worker: subprocess.Popen
) -> None:
    beat = events.wait_for(
        lambda record: record["kind"] == "worker-heartbeat" and record["processed"] > 0,
        "heartbeat",
    )
    assert beat["active"] == 0
    begun = {
        (record["id"], record["t"])
        for record in events.records
        if record["kind"] == "task-started" and record["t"] <= beat["t"]
    }
    assert beat["processed"] == len(begun)


def test_a_long_result_and_a_strange_event_do_no_harm(
    events: Inside,
    plain_worker: subprocess.Popen,
    its_calls: Bridge,
    python: Path,
    its_server: Server,
) -> None:
    strange = [
        {"type": "task-sent", "uuid": "s1"},
        {"type": "solofleet-unheard-of", "uuid": "s2"},
        {"type": "task-started", "uuid": ["no", "id"]},
        {"type": "task-failed", "uuid": "s3", "exception": "x" * 5000},
    ]
    publish(python, its_server.url, *strange)
    failed = events.wait("task-failed", id="s3")
    assert failed["name"] is None
    assert len(failed["exception"]) <= 1024
    assert not events.kinds("s1") and not events.kinds("s2")
    assert "not an event" in events.log
    ended = events.wait("task-succeeded", id=send(its_calls, "tasky.big", 1_000_000))
    assert len(ended["result"]) <= 1024


def test_only_the_nodes_asked_for_are_heard(its_server: Server) -> None:
    python = python_with_celery(NEWEST)
    with listener(python, its_server.url, nodes=["w7@box"]) as events:
        events.wait("ready")
        beats = ({"type": "worker-heartbeat", "node": node} for node in ("w8@box", "w7@box"))
        publish(python, its_server.url, *beats)
        assert events.wait("worker-heartbeat")["node"] == "w7@box"


def flood(server: Server, count: int) -> None:
    """So many `task-started` as fast as Redis takes them, as workers of Windows send them."""
    event = {"type": "task-started", "hostname": NODE, "pid": 7, "timestamp": 1.0, "uuid": "a"}
    body = b64encode(json.dumps(event).encode()).decode()
    envelope = {
        **{"body": body, "content-type": "application/json", "content-encoding": "utf-8"},
        **{"headers": {}, "properties": {"body_encoding": "base64", "delivery_tag": "x" * 36}},
    }
    pipeline = server.client.pipeline(transaction=False)
    for _ in range(count):
        pipeline.publish("/0.celeryev/task.started", json.dumps(envelope))
    pipeline.execute()


def test_a_flood_is_counted_in_full(python: Path, its_server: Server) -> None:
    with listener(python, its_server.url, hears=["digests"]) as events:
        events.wait("ready")
        for _ in range(5):
            flood(its_server, 4000)
        events.wait("digest", started=20_000)
        assert not any(record["kind"].startswith("task-") for record in events.records)
        assert len(events.records) < 200


def test_a_worker_behind_a_key_prefix_is_heard(python: Path, own_server: Server) -> None:
    prefixed = PROJECTS / "prefixed"
    with listener(
        python, own_server.url, app="prefixed", workdir=prefixed, hears=["digests"]
    ) as events:
        events.wait("ready")
        command = f"-m celery -A prefixed worker --pool=solo -n {NODE} -E --without-mingle"
        process = subprocess.Popen(
            [str(python), *command.split()],
            cwd=prefixed,
            env={**os.environ, **broker_variables(own_server.url)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            events.wait("worker-online", node=NODE, pid=process.pid)
            with bridge(python, own_server.url, app="prefixed", workdir=prefixed) as calls:
                send(calls, "prefixed.nap", 0)
            assert events.wait("digest", succeeded=1)["last"][0]["name"] == "prefixed.nap"
        finally:
            process.kill()
            process.wait(10)


def test_another_broker_is_heard_as_celery_does_it(tmp_path: Path) -> None:
    """A folder stands for RabbitMQ: it is none of Redis."""
    python = python_with_celery(NEWEST)
    (tmp_path / "folded.py").write_text(
        "from celery import Celery\n"
        "app = Celery('folded', broker='filesystem://')\n"
        "app.conf.broker_transport_options = {\n"
        "    'data_folder_in': 'in', 'data_folder_out': 'in', 'control_folder': 'control'}\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "control").mkdir()
    both = ["tasks", "digests"]
    with listener(python, "", app="folded", workdir=tmp_path, hears=both) as events:
        events.wait("ready")
        code = (
            "from folded import app\n"
            "with app.connection_for_write() as connection:\n"
            "    app.events.Dispatcher(connection, hostname='w1@box').send(\n"
            "        'task-started', uuid='a1')\n"
        )
        subprocess.run([str(python), "-c", code], cwd=tmp_path, check=True)
        events.wait("task-started", id="a1", node="w1@box")
        assert events.wait("digest", started=1)["now"][0]["id"] == "a1"


@pytest.mark.parametrize("version", ["5.2.7", NEWEST])
def test_a_broker_that_goes_and_comes_back_is_told(own_server: Server, version: str) -> None:
    python = python_with_celery(version)
    with listener(python, own_server.url) as events:
        events.wait("ready")
        own_server.stop()
        assert events.wait("lost")["error"]
        own_server.start()
        events.wait("back")
        publish(python, own_server.url, {"type": "worker-heartbeat", "processed": 7})
        assert events.wait("worker-heartbeat")["processed"] == 7
        assert [record["kind"] for record in events.records].count("lost") == 1


def test_a_broker_that_is_not_there_is_told_and_waited_for(own_server: Server) -> None:
    own_server.stop()
    with listener(python_with_celery(NEWEST), own_server.url) as events:
        events.wait("lost")
        own_server.start()
        events.wait("ready")


def test_the_end_of_stdin_means_leave(its_server: Server) -> None:
    with listener(python_with_celery(NEWEST), its_server.url) as events:
        events.wait("ready")
        assert events.process.stdin is not None
        events.process.stdin.close()
        assert events.end() == 0


def test_an_app_that_cannot_be_imported_is_told(its_server: Server) -> None:
    python = python_with_celery(NEWEST)
    broken = PROJECTS / "broken"
    with listener(python, its_server.url, app="leaver", workdir=broken) as events:
        assert "sys.exit(3)" in events.wait("error")["why"]
        assert events.end() == 1


def test_an_app_that_would_lead_the_plain_command_astray_is_refused(its_server: Server) -> None:
    """Nobody sets the broker right after the import when the command is literal."""
    python = python_with_celery(NEWEST)
    broken = PROJECTS / "broken"
    with listener(python, its_server.url, app="elsewhere", workdir=broken, plain=True) as events:
        error = events.wait("error")
        assert "broker_use_ssl, redis_backend_use_ssl, broker_transport_options" in error["why"]
        assert "leave plain mode" in error["fix"]

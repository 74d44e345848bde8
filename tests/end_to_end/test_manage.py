"""The verbs that manage workers and queues, on real workers of the fleet and of a terminal."""

import json
import os
import pty
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.broker import Server
from tests.support.inside import broker_variables
from tests.support.program import COMMAND, ROOT, Program, homes, solofleet
from tests.support.venvs import PINS, python_with_celery
from tests.support.waiting import wait_until

TASKY = ROOT / "tests" / "data" / "projects" / "tasky"
OLDEST_AND_NEWEST = pytest.mark.parametrize("managed", (min(PINS), max(PINS)), indirect=True)


def shape(value: Any) -> Any:
    """What kind of value stands where; of lists the first one is told."""
    match value:
        case dict():
            return {"<node>" if "@" in name else name: shape(part) for name, part in value.items()}
        case list():
            return [shape(part) for part in value[:1]]
        case _:
            return type(value).__name__


class Managed:
    """A project on a broker; `run` types a verb, `worker` and `fleet` start workers of it."""

    def __init__(self, folder: Path, server: Server, celery: str, stack: ExitStack) -> None:
        self.folder, self.server, self.celery = folder, server, celery
        self.python = str(python_with_celery(celery))
        self.project = Path(shutil.copytree(TASKY, folder / "project"))
        self.of = ("--broker", server.url, "--python", self.python)
        self._stack = stack

    def run(self, verb: str, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, verb, str(self.project), *words, *self.of],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, **homes(self.folder)},
        )
        assert done.returncode == code, (verb, words, done)
        return done

    def told(self, verb: str, *words: str, code: int = 0) -> dict[str, Any]:
        document = json.loads(self.run(verb, *words, "--json", code=code).stdout)
        assert document["kind"] == verb
        return document

    def send(self, task: str, *arguments: object, **options: object) -> str:
        """Send as a client of the app does; the id."""
        script = "import sys, json, tasky; tasky.app.send_task(**json.loads(sys.argv[1]))"
        task_id = str(uuid.uuid4())
        call = {"name": f"tasky.{task}", "args": arguments, "task_id": task_id, **options}
        self._python("-c", script, json.dumps(call))
        return task_id

    def worker(self, node: str, *options: str) -> subprocess.Popen[bytes]:
        command = ["-m", "celery", "-A", "tasky", "worker", "-n", node, *options]
        started = subprocess.Popen(
            [self.python, *command],
            cwd=self.project,
            env={**os.environ, **broker_variables(self.server.url)},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        self._stack.callback(started.wait)
        self._stack.callback(started.kill)
        wait_until(lambda: self.answers(node), 40, f"{node} to answer")
        return started

    def fleet(self, *options: str) -> Program:
        words = ("up", str(self.project), *self.of, "--yes", "--json", *options)
        program = self._stack.enter_context(solofleet(*words, folder=self.folder))
        program.wait_all_ready(1)
        return program

    def answers(self, node: str) -> bool:
        asked = self._python("-m", "celery", "-A", "tasky", "inspect", "ping", "-d", node)
        return asked.returncode == 0

    def active(self, node: str, task_id: str) -> bool:
        asked = self.told("inspect", "active", "--destination", node)
        return task_id in [task["id"] for task in asked["replies"].get(node, ())]

    def _python(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.python, *arguments],
            cwd=self.project,
            env={**os.environ, **broker_variables(self.server.url)},
            capture_output=True,
        )


@pytest.fixture
def managed(tmp_path: Path, server: Server, request: pytest.FixtureRequest) -> Iterator[Managed]:
    """On the newest Celery, unless the test names others."""
    with ExitStack() as stack:
        yield Managed(tmp_path, server, getattr(request, "param", max(PINS)), stack)


def test_nobody_there_is_told_and_is_69(managed: Managed) -> None:
    assert "no worker answers" in managed.run("status", code=69).stderr
    assert managed.told("status", code=69) == {"kind": "status", "online": [], "silent": {}}
    assert managed.told("ps") == {"kind": "ps", "workers": []}
    assert managed.told("inspect", "ping", code=69)["replies"] == {}


@OLDEST_AND_NEWEST
def test_workers_of_a_fleet_and_of_a_terminal_are_seen_and_asked(
    managed: Managed, golden: Callable[[str, str], None]
) -> None:
    fleet = managed.fleet("-n", "1", "--name", "fleet1@box")
    prefork = managed.worker("pre@box", "-c", "2", "-Q", "other")
    busy = managed.send("nap", 60)
    wait_until(lambda: managed.active("fleet1@box", busy), 20, "the task to run")

    workers = {each["node"]: each for each in managed.told("ps")["workers"]}
    ours, others = workers["fleet1@box"], workers["pre@box"]
    assert (ours["where"], ours["pool"], ours["concurrency"]) == ("ours", "fleet", 1)
    assert ours["pid"] in fleet.pids().values()
    assert [(task["id"], task["name"]) for task in ours["running"]] == [(busy, "tasky.nap")]
    assert (ours["celery"], ours["queues"], ours["done"]) == (*(managed.celery, ["celery"], 0),)
    assert (others["where"], others["pool"], others["concurrency"]) == ("here", "prefork", 2)
    assert (others["pid"], others["queues"]) == (prefork.pid, ["other"])
    assert f"runs tasky.nap {busy}" in managed.run("ps").stdout

    assert managed.run("status").stdout == "fleet1@box: OK\npre@box: OK\n2 workers online\n"
    for what in ("registered", "active", "reserved", "scheduled", "stats", "conf", "report"):
        assert set(managed.told("inspect", what)["replies"]) == {"fleet1@box", "pre@box"}
    asked = managed.told("inspect", "ping", "--destination", "pre@box,gone@box")
    assert (list(asked["replies"]), list(asked["silent"])) == (["pre@box"], ["gone@box"])

    held = managed.send("add", 1, countdown=600, queue="other")
    managed.send("add", 1, queue="own", priority=6)
    wait_until(lambda: bool(queues(managed)["other"]["unacked"]), 20, "the ETA to be held")
    found = queues(managed)
    assert found["celery"]["consumers"] == ["fleet1@box"]
    assert found["other"]["oldest_unacked_s"] >= 0
    assert dict(map(tuple, found["own"]["priorities"])) == {0: 0, 3: 0, 6: 1, 9: 0}
    revoked = managed.told("revoke", held)
    assert revoked["tasks"][0]["was"] == "scheduled"
    documents = [managed.told("ps"), managed.told("status"), managed.told("queues"), revoked]
    documents += [asked, managed.told("purge", "own", "--yes")]
    documents.append(managed.told("restore", documents[-1]["file"]))
    golden("manage.json", json.dumps([shape(each) for each in documents], indent=2) + "\n")


def queues(managed: Managed) -> dict[str, Any]:
    return {queue["name"]: queue for queue in managed.told("queues")["queues"]}


def test_a_busy_solo_worker_is_told_to_be_silent_and_not_left_out(managed: Managed) -> None:
    solo = managed.worker("solo@box", "--pool=solo", "-E")
    managed.send("nap", 60)
    wait_until(lambda: not managed.answers("solo@box"), 30, "the worker to be busy")
    [worker] = managed.told("ps")["workers"]
    assert (worker["node"], worker["where"], worker["pid"]) == ("solo@box", "here", solo.pid)
    assert "between two tasks" in worker["silent"]
    assert list(managed.told("status", code=69)["silent"]) == ["solo@box"]
    held = managed.told("queues")
    assert held["unacked"] == 1


@OLDEST_AND_NEWEST
def test_a_task_is_revoked_in_each_state(managed: Managed) -> None:
    ended, running = managed.send("add", 1), managed.send("nap", 60)
    reserved, scheduled = managed.send("add", 1), managed.send("add", 1, countdown=600)
    managed.fleet("-n", "1", "--name", "fleet1@box", "--hoard")
    wait_until(lambda: managed.active("fleet1@box", running), 20, "the task to run")
    waiting = managed.send("add", 1, queue="nobodys")
    unknown = str(uuid.uuid4())
    ids = (ended, running, scheduled, waiting, reserved, unknown)
    was = {
        ended: ("ended", "ended"),
        running: ("running", "runs on"),
        scheduled: ("scheduled", "revoked"),
        waiting: ("waiting", "revoked"),
        reserved: ("reserved", "revoked"),
        unknown: ("unknown", "unknown"),
    }
    told = managed.told("revoke", *ids, "--signal", "SIGTERM", code=1)["tasks"]
    assert {each["id"]: (each["was"], each["became"]) for each in told} == was
    done = managed.run("revoke", running, "--terminate")
    assert f"tasky.nap[{running}] was running on fleet1@box" in done.stdout
    assert done.stdout.rstrip().endswith("terminated")


def test_a_queue_is_purged_and_restored_with_all_that_is_asked(managed: Managed) -> None:
    for priority in (0, 3, 6, 9):
        managed.send("add", priority, queue="own", priority=priority)
    before = managed.server.messages("own")
    managed.worker("pre@box", "-c", "1", "-Q", "other")

    refused = managed.run("purge", "own", code=2)
    assert "there is nobody to type its name" in refused.stderr
    assert "4  tasky.add" in refused.stderr
    assert managed.server.messages("own") == before
    assert "did you mean own?" in managed.run("purge", "owl", code=2).stderr

    purged = managed.told("purge", "own", "--yes")
    file = Path(purged["file"])
    assert (purged["purged"], purged["queue"]) == (4, "own")
    assert file.is_relative_to(managed.folder)
    assert not any(managed.server.messages("own").values())
    assert managed.told("purge", "own", "--yes")["file"] is None

    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert "is damaged" in managed.run("restore", str(file), code=2).stderr
    file.write_bytes(whole)
    assert managed.told("restore", str(file))["restored"] == 4
    assert managed.server.messages("own") == before
    assert "was restored already" in managed.run("restore", str(file), code=2).stderr
    assert managed.server.messages("own") == before
    assert managed.told("restore", str(file), "--again")["restored"] == 4

    place = managed.folder / "mine.jsonl"
    shown = managed.run("purge", "own", "--yes", "--save", str(place)).stdout
    assert shown.startswith("8 messages of own purged, and saved in\n")
    assert str(place) in shown


def test_a_person_types_the_name_of_the_queue(managed: Managed) -> None:
    managed.send("add", 1, queue="own")
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [*COMMAND, "purge", str(managed.project), "own", *managed.of],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, **homes(managed.folder)},
    )
    os.close(theirs)
    shown = b""
    while b"type its name, own:" not in shown:
        shown += os.read(ours, 65536)
    assert managed.server.waiting("own") == 1
    os.write(ours, b"own\n")
    with suppress(OSError):  # EIO: the program has closed the terminal
        while chunk := os.read(ours, 65536):
            shown += chunk
    assert program.wait(20) == 0
    os.close(ours)
    assert b"1 message of own purged" in shown
    assert managed.server.waiting("own") == 0


def test_messages_go_to_another_broker_only_when_somebody_agrees(
    managed: Managed, own_server: Server
) -> None:
    managed.send("add", 1, queue="own")
    file = managed.told("purge", "own", "--yes")["file"]
    managed.of = ("--broker", own_server.url, "--python", managed.python)
    assert "is from another broker" in managed.run("restore", file, code=2).stderr
    assert managed.told("restore", file, "--yes")["restored"] == 1
    assert own_server.waiting("own") == 1


def test_what_is_no_redis_is_never_purged(tmp_path: Path) -> None:
    python = str(python_with_celery(max(PINS)))
    project = Path(shutil.copytree(TASKY.parent / "foldered", tmp_path / "project"))
    done = subprocess.run(
        [*COMMAND, "purge", str(project), "celery", "--yes", "--python", python],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, **homes(tmp_path)},
    )
    assert done.returncode == 2, done
    assert "cannot be purged into a file" in done.stderr
    assert "celery -A foldered purge -Q celery" in done.stderr

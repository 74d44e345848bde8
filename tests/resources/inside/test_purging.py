"""A queue goes to a file and comes back byte for byte, whatever is broken off, on every Celery."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.broker import STEPS, Server
from tests.support.inside import INSIDE, PROJECTS, Bridge, bridge, broker_variables, send

PREFIXED = {"app": "prefixed", "workdir": PROJECTS / "prefixed"}


@pytest.fixture(autouse=True)
def empty(its_server: Server) -> None:
    its_server.client.flushall()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "saved.jsonl"


def purge(calls: Bridge, file: Path, queue: str = "own") -> int:
    answer = calls.call("purge", queue=queue, file=str(file), project="tasky-1")
    assert answer["kind"] == "answer", answer
    return answer["purged"]


def restore(calls: Bridge, file: Path, **how: bool) -> tuple[int, str]:
    answer = calls.call("restore", file=str(file), **how)
    assert answer["kind"] == "answer", answer
    return answer["restored"], answer["source"]


def fill(server: Server, number: int, prefix: str = "") -> dict[int, list[bytes]]:
    """Messages of all priorities, as bytes that no encoder would give again."""
    for step, key in server.lists("own", prefix).items():
        pipe = server.client.pipeline()
        for each in range(number):
            pipe.lpush(key, b'{ "n":%d,"p" : %d, "raw":"\xff\x00"}' % (each, step))
        pipe.execute()
    return server.messages("own", prefix)


def test_ten_thousand_messages_come_back_byte_for_byte_in_order(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 2500)
    assert purge(its_calls, file) == 10_000
    assert not any(its_server.messages("own").values())
    assert not its_server.client.keys("_solofleet*")
    assert restore(its_calls, file) == (10_000, "file")
    assert its_server.messages("own") == before
    assert not its_server.client.keys("_solofleet*")


def test_what_comes_in_meanwhile_stays_and_is_taken_later(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 3)
    purge(its_calls, file)
    newer = send(its_calls, "tasky.add", 1, queue="own")
    assert restore(its_calls, file) == (12, "file")
    first, *rest = its_server.messages("own")[0]
    assert newer.encode() in first
    assert rest == before[0]
    assert its_server.messages("own")[9] == before[9]


def test_the_keys_of_a_prefix_are_purged_and_restored(
    python: Path, its_server: Server, file: Path
) -> None:
    others, before = fill(its_server, 2), fill(its_server, 3, "shop:")
    with bridge(python, its_server.url, **PREFIXED) as calls:
        assert purge(calls, file) == 12
        assert not any(its_server.messages("own", "shop:").values())
        assert its_server.messages("own") == others
        assert restore(calls, file) == (12, "file")
    assert its_server.messages("own", "shop:") == before


def test_the_file_of_a_prefix_is_not_put_where_nobody_looks(
    python: Path, its_calls: Bridge, its_server: Server, file: Path
) -> None:
    fill(its_server, 1)
    purge(its_calls, file)
    with bridge(python, its_server.url, **PREFIXED) as calls:
        refused = calls.call("restore", file=str(file))
    assert "cannot be put back" in refused["what"]
    assert "global_keyprefix" in refused["fix"]
    assert not its_server.client.keys("*own*")


def test_the_file_is_for_its_owner_and_tells_what_it_is(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    fill(its_server, 1)
    purge(its_calls, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    header, *messages, end = map(json.loads, file.read_bytes().splitlines())
    assert (header["queue"], header["count"], header["prefix"]) == ("own", 4, "")
    assert (header["kind"], header["project"]) == ("solofleet-purge", "tasky-1")
    assert str(its_server.port) in header["broker"]
    assert [message["priority"] for message in messages] == list(STEPS)
    assert end["kind"] == "end"
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_is_there_is_left_alone(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 1)
    file.write_text("mine")
    answer = its_calls.call("purge", queue="own", file=str(file), project="p")
    assert "FileExistsError" in answer["why"]
    assert file.read_text() == "mine"
    assert its_server.messages("own") == before


def test_a_file_that_cannot_be_written_puts_all_back(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 1)
    file.with_name(f"{file.name}.part").mkdir()
    answer = its_calls.call("purge", queue="own", file=str(file), project="p")
    assert answer["kind"] == "error"
    assert its_server.messages("own") == before
    assert not file.exists()
    assert not its_server.client.keys("_solofleet*")


def test_a_file_with_too_few_messages_puts_nothing_back(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    fill(its_server, 1)
    purge(its_calls, file)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-2]))
    assert "3 of 4 messages" in its_calls.call("restore", file=str(file))["why"]
    assert not its_server.client.keys("*own*")


KILLED = """
import os, signal, sys, types
package = types.ModuleType("solofleet_inside")
package.__path__ = [sys.argv[1]]
sys.modules["solofleet_inside"] = package
sys.path.insert(0, os.getcwd())
from solofleet_inside import aside, purging
from tasky import app

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

place, name = sys.argv[3].split(".")
setattr({"lists": aside.Lists, "purging": purging, "os": os}[place], name, die)
purging.purge(app, "own", sys.argv[2], "tasky-1")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("where", "whole"),
    [("purging.save", False), ("lists.page", False), ("os.replace", False), ("lists.forget", True)],
    ids=["between-rename-and-save", "while-saving", "saved-not-named", "between-save-and-delete"],
)
def test_a_purge_that_is_killed_loses_nothing(
    where: str, whole: bool, python: Path, its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 700)
    killed = subprocess.run(
        [str(python), "-c", KILLED, str(INSIDE), str(file), where],
        cwd=PROJECTS / "tasky",
        env={**os.environ, **broker_variables(its_server.url)},
    )
    assert killed.returncode == -signal.SIGKILL
    assert not any(its_server.messages("own").values())
    assert (json.loads(file.read_bytes().splitlines()[0])["count"] == 2800) is whole
    left = its_calls.call("survey")["set_aside"]
    assert [(each["queue"], each["count"]) for each in left] == [("own", 2800)]
    newer = send(its_calls, "tasky.add", 1, queue="own")
    assert restore(its_calls, file) == (2800, "aside")
    first, *rest = its_server.messages("own")[0]
    assert newer.encode() in first
    assert rest == before[0]
    assert its_calls.call("survey")["set_aside"] == []
    assert list(file.parent.iterdir()) == [file]


def test_a_purge_that_had_not_begun_has_nothing_to_put_back(
    python: Path, its_calls: Bridge, its_server: Server, file: Path
) -> None:
    before = fill(its_server, 1)
    subprocess.run(
        [str(python), "-c", KILLED, str(INSIDE), str(file), "lists.set_aside"],
        cwd=PROJECTS / "tasky",
        env={**os.environ, **broker_variables(its_server.url)},
    )
    assert restore(its_calls, file, aside_only=True) == (0, "aside")
    assert "nothing to put back" in its_calls.call("restore", file=str(file))["what"]
    assert its_server.messages("own") == before


def test_only_what_is_aside_is_put_back_on_request(
    its_calls: Bridge, its_server: Server, file: Path
) -> None:
    fill(its_server, 1)
    purge(its_calls, file)
    assert restore(its_calls, file, aside_only=True) == (0, "aside")
    assert not any(its_server.messages("own").values())

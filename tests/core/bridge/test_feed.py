"""The stream of events goes on: over ends of its process, and bad lines."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from core.bridge import feed as feed_module
from core.bridge.events import WorkerEvent
from core.bridge.feed import Feed
from core.errors import UNAVAILABLE, FleetError
from core.tasks.facts import Succeeded
from core.workers.containment import make_containment
from core.workers.foreign import Beat
from core.workers.mode import Mode
from core.workers.spec import WorkerSpec

if sys.platform != "win32":
    from tests.support.broker import Server
    from tests.support.events import NODE, publish
    from tests.support.inside import PROJECTS, broker_variables
    from tests.support.venvs import python_with_celery

LIMIT_S = 30.0
READY = {"kind": "ready", "t": 1.0, "python": "3.8.1"}
LOST = {"kind": "lost", "t": 1.0, "error": "connection refused"}
ERROR = {"kind": "error", "t": 1.0, "what": "no app", "why": "a typo", "fix": "name it with -A"}
ONLINE = {"kind": "worker-online", "t": 1.0, "node": "w1@box", "pid": 7}


class Heard:
    """All that a feed told."""

    def __init__(self) -> None:
        self.events: list[WorkerEvent] = []
        self.said: list[str] = []
        self._news = asyncio.Event()

    def event(self, event: WorkerEvent) -> None:
        self.events.append(event)
        self._news.set()

    def say(self, text: str) -> None:
        self.said.append(text)
        self._news.set()

    async def until(self, holds: Callable[[], object]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            pytest.fail(f"never came; heard {self.events}, {self.said}")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "AGAIN_FIRST_S", 0.01)


@asynccontextmanager
async def running(spec: WorkerSpec, **more: Any) -> AsyncIterator[tuple[Feed, Heard]]:
    """A feed for the time of the block."""
    heard = Heard()
    async with make_containment() as containment, asyncio.TaskGroup() as jobs:
        feed = Feed(spec, containment, on_event=heard.event, say=heard.say, **more)
        job = jobs.create_task(feed.run())
        try:
            yield feed, heard
        finally:
            job.cancel()


@pytest.fixture
def script(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """What makes a feed run a script of the test's own in place of events.py.

    Its n-th process prints the n-th list of lines, then waits for the end of stdin, or, when the
    list ends in None, for nothing.
    """

    def make(*lives: list[dict[str, Any] | str | None], code: str = "") -> dict[str, Any]:
        path = tmp_path / "script.py"
        texts = [
            [json.dumps(line) if isinstance(line, dict) else line for line in life if line]
            for life in lives
        ]
        goes_on = [life[-1:] != [None] for life in lives]
        path.write_text(
            "import pathlib, sys\n"
            f"{code}\n"
            "lives = pathlib.Path('lives')\n"
            "number = int(lives.read_text()) if lives.exists() else 0\n"
            "lives.write_text(str(number + 1))\n"
            f"texts, goes_on = {texts!r}[number:], {goes_on!r}[number:]\n"
            "for text in texts[0] if texts else ():\n"
            "    print(text, flush=True)\n"
            "if not goes_on or goes_on[0]:\n"
            "    sys.stdin.read()\n"
        )
        spec = WorkerSpec(Path(sys.executable), "shop", tmp_path, dict(os.environ), mode=Mode.PLAIN)
        return {"spec": spec, "script": path}

    return make


async def test_events_are_passed_on_once_it_listens(script: Callable[..., Any]) -> None:
    async with running(**script([READY, ONLINE])) as (feed, heard):
        await feed.listening()
        assert feed.python == "3.8.1"
        await heard.until(lambda: heard.events)
        assert heard.events == [WorkerEvent("w1@box", 7, Beat(1.0, None, None, None))]
        assert heard.said == []


async def test_a_feed_that_dies_is_started_again_and_says_so(script: Callable[..., Any]) -> None:
    async with running(**script([READY, None], [READY, ONLINE])) as (feed, heard):
        await heard.until(lambda: heard.events)
        await feed.listening()
        assert "trying again in 0.01 s" in heard.said[0]
        assert "without a word" in heard.said[0]
        assert heard.said[1].startswith("Celery's events are heard again")


async def test_the_last_words_of_a_feed_that_dies_are_told(script: Callable[..., Any]) -> None:
    dies = script([READY, None], [READY], code="print('out of memory', file=sys.stderr)")
    async with running(**dies) as (_, heard):
        await heard.until(lambda: len(heard.said) == 2)
        assert "out of memory" in heard.said[0]


async def test_the_pause_doubles_while_it_never_listens(script: Callable[..., Any]) -> None:
    async with running(**script([None], [None], [None], [READY])) as (feed, heard):
        await heard.until(lambda: len(heard.said) == 3)
        pauses = [text.split(" s:")[0].rsplit(" ", 1)[1] for text in heard.said]
        assert pauses == ["0.01", "0.02", "0.04"]
        await feed.listening()


async def test_a_refusal_is_the_answer_to_who_waits(script: Callable[..., Any]) -> None:
    async with running(**script([ERROR, None], [READY])) as (feed, heard):
        with pytest.raises(FleetError, match="no app") as refusal:
            await feed.listening()
        assert refusal.value.fix == "name it with -A"
        assert refusal.value.exit_code == UNAVAILABLE
        await heard.until(lambda: len(heard.said) == 2)
        assert "no app: a typo" in heard.said[0]
        await feed.listening()


async def test_a_missing_interpreter_is_a_refusal_too(tmp_path: Path) -> None:
    spec = WorkerSpec(tmp_path / "no-python", "shop", tmp_path, dict(os.environ), mode=Mode.PLAIN)
    async with running(spec) as (feed, _):
        with pytest.raises(FleetError, match="could not be started"):
            await feed.listening()


async def test_a_broker_that_never_answers_is_named(
    script: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "START_S", 1.0)
    async with running(**script([LOST])) as (feed, heard):
        with pytest.raises(FleetError, match="could not be listened to") as refusal:
            await feed.listening()
        assert refusal.value.why == "connection refused"
        assert heard.said == []


async def test_a_broker_that_goes_and_comes_back_is_said(script: Callable[..., Any]) -> None:
    back = {**READY, "kind": "back"}
    async with running(**script([READY, LOST, back])) as (feed, heard):
        await heard.until(lambda: len(heard.said) == 2)
        assert heard.said[0] == "Celery's events are not heard: connection refused"
        assert heard.said[1].startswith("Celery's events are heard again")
        await feed.listening()


async def test_a_flood_of_bad_lines_is_said_in_a_few_words(script: Callable[..., Any]) -> None:
    async with running(**script([READY, *["nonsense"] * 105, ONLINE])) as (_, heard):
        await heard.until(lambda: heard.events)
        assert [text.split(";")[0] for text in heard.said] == [
            "1 events were not understood",
            "10 events were not understood",
            "100 events were not understood",
        ]
        assert "nonsense" in heard.said[0]


async def test_its_end_leaves_no_process(script: Callable[..., Any]) -> None:
    async with running(**script([READY])) as (feed, _):
        await feed.listening()
    ours = psutil.Process().children(recursive=True)
    assert not [child for child in ours if "script.py" in " ".join(child.cmdline())]


@pytest.mark.skipif(sys.platform == "win32", reason="the server is a Linux one")
async def test_what_celery_sends_is_heard(server: "Server") -> None:
    python = python_with_celery("5.7.0")
    variables = broker_variables(server.url)
    workdir = PROJECTS / "tasky"
    spec = WorkerSpec(python, "tasky", workdir, dict(os.environ), broker=variables, mode=Mode.PLAIN)
    async with running(spec) as (feed, heard):
        await feed.listening()
        beat = {"type": "worker-heartbeat", "active": 0, "processed": 1, "sw_ver": "5.7.0"}
        ended = {"type": "task-succeeded", "uuid": "a1", "result": "3", "runtime": 0.5}
        await asyncio.to_thread(publish, python, server.url, beat, ended)
        await heard.until(lambda: len(heard.events) == 2)
        first, second = (event.what for event in heard.events)
        assert {event.node for event in heard.events} == {NODE}
        assert isinstance(first, Beat)
        assert (first.celery, first.active, first.processed) == ("5.7.0", 0, 1)
        assert second == Succeeded(second.at, "a1", "", 0.5, "3", None, None, ignored=False)
    assert heard.said == []

"""Flower as a user has it: started by `solofleet flower`, read on its page."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from core.changes import Change
from core.cli.demo import demo_calls
from core.errors import INTERRUPTED
from core.places import DEMO
from core.tasks.call import TaskCall
from core.tasks.task import TaskChanged
from tests.support.broker import Server
from tests.support.browser import Browser, browser
from tests.support.fleets import Fleet, fleet_of
from tests.support.program import Program, solofleet
from tests.support.projects import project
from tests.support.venvs import python_with, python_with_celery
from tests.support.waiting import wait_until

APP = "celery_queue.celery_app"
WITH_FLOWER = ("celery[redis]==5.7.0", "flower==2.2.0")
SHOWN = ("flower", str(DEMO), "-A", APP, "--json", "--show-password")


@pytest.fixture
async def fleet(server: Server) -> AsyncIterator[Fleet]:
    """Four workers of the demo, ready."""
    demo = project(DEMO, APP, python=python_with_celery("5.7.0"), name="demo-flower")
    async with fleet_of(demo, server.url, 4) as own:
        await own.start()
        yield own


def secrets_in_arguments(program: Program, *secrets: str) -> list[str]:
    """The command lines, of it and all it started, that hold one of these."""
    processes = [psutil.Process(program.process.pid), *program.family()]
    lines = [" ".join(process.cmdline()) for process in processes]
    return [line for line in lines if any(secret in line for secret in secrets)]


def receptions(changes: list[Change]) -> Counter[str]:
    """How often each worker took a message, retries included, which is what Flower counts."""
    return Counter(
        change.worker or ""
        for change in changes
        if isinstance(change, TaskChanged) and change.state == "received"
    )


@pytest.mark.parametrize("own", [False, True], ids=["the project's", "solofleet's own"])
async def test_its_page_shows_the_workers_online_and_counts_as_the_ledger_does(
    own: bool, fleet: Fleet, server: Server, tmp_path: Path
) -> None:
    python = python_with_celery("5.7.0") if own else python_with(*WITH_FLOWER)
    typed = (*SHOWN, "--broker", server.url, "--python", str(python), "--url-prefix", "/watch")
    with solofleet(*typed, folder=tmp_path) as program, browser(tmp_path / "chromium") as page:
        ready = await asyncio.to_thread(program.wait, "flower", state="ready")
        names = sorted(worker.name for worker in fleet.workers.values())
        assert (ready["own"], ready["workers"]) == (own, names)
        assert ready["url"] == f"http://127.0.0.1:{ready['port']}/watch/"
        assert secrets_in_arguments(program, ready["password"]) == []

        ids = [
            task_id
            for call in (*demo_calls(24), TaskCall("celery_queue.tasks.fail", count=6))
            for task_id in await fleet.session.send(call)
        ]
        await fleet.until_ended(*ids)
        await asyncio.to_thread(page.log_in, ready["url"], ready["user"], ready["password"])
        await asyncio.to_thread(see_the_same, page, fleet, names)
        await asyncio.to_thread(page.open, f"{ready['url']}workers?json=1")  # what the page asks
        told = json.loads(page.text)["data"]
        assert {each["hostname"]: each.get("task-retried", 0) for each in told} == {
            name: fleet.session.ledger.counts.worker(name).retried for name in names
        }

        program.interrupt()
        assert await asyncio.to_thread(program.end) == INTERRUPTED
        assert program.family() == []


def see_the_same(page: Browser, fleet: Fleet, names: list[str]) -> None:
    """Wait until the table of workers says what our books say."""
    received = receptions(fleet.changes)
    ours = {name: fleet.session.ledger.counts.worker(name) for name in names}
    assert sum(counts.failed for counts in ours.values()) == 6
    assert sum(counts.retried for counts in ours.values()) == 4
    expected = [
        [
            name,
            "Online",
            "0",
            str(received[name]),
            str(ours[name].failed),
            str(ours[name].succeeded),
        ]
        for name in names
    ]
    rows: list[list[str]] = []

    def same() -> bool:
        rows[:] = sorted(row[:6] for row in page.table("#workers-table"))
        return rows == expected

    try:
        wait_until(same, 20, "the same numbers")
    except AssertionError:
        raise AssertionError(f"{rows}\nin place of\n{expected}\n{page.text}") from None

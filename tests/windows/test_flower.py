"""Flower on Windows' Python, whose own choice of event loop lets Tornado run."""

import asyncio
import os
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.request import urlopen

import pytest
import redis

from core.broker.builtin import free_port
from core.changes import Change
from core.flower.access import Access
from core.flower.plan import FlowerPlan, in_project
from core.flower.running import FlowerState, Stage, run_flower
from core.flower.watching import make_workers_seen
from core.project.opening import open_project
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall
from core.wishes import Wishes, worker_spec
from core.workers.phase import Phase
from tests.windows.databases import FLOWER as URL

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

TASKY = Path(__file__).resolve().parents[1] / "data" / "projects" / "tasky"
LIMIT_S = 110
EVENTS = re.compile(r'flower_events_total\{.*type="task-(\w+)",worker="([^"]+)"\} (\S+)')


@pytest.mark.timeout(LIMIT_S + 10)
async def test_its_counts_are_those_of_the_fleet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    redis.Redis.from_url(URL).flushdb()
    project = open_project(TASKY, python=sys.executable)
    wishes = Wishes(workers=2, broker=Secret(URL))
    changes: list[Change] = []
    serves = asyncio.Event()

    def show(state: FlowerState) -> None:
        if state.stage is Stage.READY:
            serves.set()

    spec = worker_spec(project, wishes, dict(os.environ), None)
    plan = in_project(spec, Access("me", Secret("sesame-street"), "in a test"), free_port(), "")
    async with (
        asyncio.timeout(LIMIT_S),
        Session(project, wishes, changes.append, dict(os.environ)) as session,
        asyncio.TaskGroup() as jobs,
    ):
        session.start()
        flower = jobs.create_task(run_flower(plan, session.containment, show))
        workers = session.supervisor.workers
        await session.until(
            lambda: all(each.phase is Phase.READY for each in session.supervisor.workers)
        )
        await serves.wait()
        sight = await make_workers_seen(plan, session.calls, limit_s=30)
        names = tuple(worker.name for worker in workers)
        assert (sight.seen, sight.unseen) == (names, ())
        for task, count in (("add", 20), ("boom", 3)):
            args = (1,) if task == "add" else ()
            await session.send(TaskCall(f"tasky.{task}", args, count=count))
        await session.until(lambda: not session.ledger.counts.totals().open)
        ours = {
            (name, kind): getattr(session.ledger.counts.worker(name), kind)
            for name in names
            for kind in ("received", "succeeded", "failed")
        }
        ours = {key: count for key, count in ours.items() if count}  # Flower tells no zero
        while not ours.items() <= (await counted(plan)).items():
            await asyncio.sleep(0.2)
        flower.cancel()


async def counted(plan: FlowerPlan) -> Counter[tuple[str, str]]:
    """Its own counts, by worker and by what became of the tasks."""
    url = plan.ready_url.replace("healthcheck", "metrics")
    text = (await asyncio.to_thread(urlopen, url)).read().decode()
    counts: Counter[tuple[str, str]] = Counter()
    for kind, worker, value in EVENTS.findall(text):
        counts[worker, kind] += int(float(value))
    return counts

"""What workers and the processes of this machine tell of themselves, put together."""

from pathlib import Path
from typing import Any

import pytest

from core.bridge.roll_call import Roll
from core.bridge.workers import BUSY, Running, WorkerSeen, see_workers, seen
from core.workers.names import this_host
from core.workers.nearby import Nearby
from tests.support.answers import Answers
from tests.support.projects import TASKY, project

PROJECT = project(name="tasky-1")
STATS = {
    "pid": 7,
    "uptime": 60,
    "prefetch_count": 4,
    "total": {"tasky.add": 3, "tasky.nap": 1},
    "pool": {"implementation": "celery.concurrency.prefork:TaskPool", "max-concurrency": 2},
}


def replies(**more: Any) -> dict[str, Any]:
    return {
        "ping": {"ok": "pong"},
        "stats": STATS,
        "active": [{"id": "a", "name": "tasky.nap", "time_start": 90.0}],
        "active_queues": [{"name": "reports"}, {"name": "celery"}],
        "report": {"ok": "\nsoftware -> celery:5.7.0 (immunity) kombu:5.7.0"},
        **more,
    }


def told(*nearby: Nearby, node: str = "w1@box", **more: Any) -> tuple[WorkerSeen, ...]:
    return seen(Roll({node: replies(**more)}, {}), nearby, PROJECT, now=100.0)


def test_a_worker_is_told_with_all_that_it_answered() -> None:
    assert told() == (
        WorkerSeen(
            node="w1@box",
            host="box",
            where="elsewhere",
            pid=7,
            pool="prefork",
            concurrency=2,
            prefetch=4,
            uptime_s=60,
            done=3,
            running=(Running("a", "tasky.nap", 10.0),),
            queues=("celery", "reports"),
            celery="5.7.0",
        ),
    )


def test_what_was_not_answered_is_none_with_the_reason() -> None:
    silent = {"w1@box": "it answered ping, but not stats"}
    (worker,) = seen(Roll({"w1@box": {"ping": {}}}, silent), (), PROJECT, now=1.0)
    assert worker == WorkerSeen("w1@box", "box", "elsewhere", silent=silent["w1@box"])


@pytest.mark.parametrize(
    ("nearby", "where"),
    [
        (Nearby("w1@box", 7, frozenset({7}), "any-1"), "ours"),
        (Nearby("w1@box", 5, frozenset({5, 7}), "any-1"), "ours"),
        (Nearby(None, 7, frozenset({7}), "any-1"), "ours"),
        (Nearby("w1@box", 7, frozenset({7}), None), "here"),
        (Nearby("w1@box", 8, frozenset({8}), None, "other"), "elsewhere"),
        (Nearby("w2@box", 7, frozenset({7}), None, "other"), "elsewhere"),
    ],
    ids=["ours", "below-a-launcher", "once-a-spare", "plain", "other-pid", "other-name"],
)
def test_a_process_of_this_machine_is_known_by_pid_and_name(nearby: Nearby, where: str) -> None:
    assert told(nearby)[0].where == where


def test_a_worker_named_after_this_host_is_here() -> None:
    assert told(node=f"w1@{this_host()}")[0].where == "here"


def test_a_worker_that_is_busy_and_does_not_answer_is_known_by_its_process() -> None:
    ours = Nearby("w2@box", 8, frozenset({8}), "tasky-1")
    plain = Nearby("w3@box", 9, frozenset({9}), None, "tasky:app", TASKY)
    *_, elsewhere = workers = told(plain, ours)
    assert elsewhere.node == "w1@box"
    assert workers[0] == WorkerSeen("w2@box", "box", "ours", pid=8, silent=BUSY)
    assert workers[1] == WorkerSeen("w3@box", "box", "here", pid=9, silent=BUSY)


@pytest.mark.parametrize(
    "nearby",
    [
        Nearby("w1@box", 7, frozenset({7}), "tasky-1"),
        Nearby(None, 8, frozenset({8}), "tasky-1"),
        Nearby("w2@box", 8, frozenset({8}), "other-1"),
        Nearby("w2@box", 8, frozenset({8}), None, "other", TASKY),
        Nearby("w2@box", 8, frozenset({8}), None, "tasky", Path(__file__).parent),
        Nearby("w2@box", 8, frozenset({8}), None, None),
    ],
    ids=["answered", "no-worker", "other-session", "other-app", "other-folder", "no-app"],
)
def test_processes_of_others_are_not_missed(nearby: Nearby) -> None:
    assert [worker.node for worker in told(nearby)] == ["w1@box"]


@pytest.mark.parametrize(
    ("pool", "name"),
    [
        ({"implementation": "solofleet_inside.fleet:FleetPool", "processes": [7]}, "fleet"),
        ({"writes": {}, "processes": [8, 9]}, "prefork"),
        ({"threads": 4}, "thread"),
        ({"processes": [7]}, "solo"),
        ({"max-concurrency": 100}, None),
    ],
)
def test_pools_of_old_workers_are_known_by_what_they_tell(
    pool: dict[str, Any], name: str | None
) -> None:
    assert told(stats={**STATS, "pool": pool})[0].pool == name


async def test_nobody_there_is_no_error(tmp_path: Path) -> None:
    answers = Answers(inspect={"replies": {}})
    assert await see_workers(answers.calls, PROJECT, root=tmp_path) == ()

"""Workers, listed."""

from collections.abc import Callable

import pytest

from core.bridge.workers import BUSY, Running, WorkerSeen
from core.cli.ps import counted, ps_lines

FLEET = WorkerSeen(
    node="worker1@DESKTOP-4F2K",
    host="DESKTOP-4F2K",
    where="ours",
    pid=4242,
    pool="fleet",
    concurrency=1,
    prefetch=4,
    uptime_s=135,
    done=1234,
    running=(Running("3f2c18aa-0000-4000-8000-000000000001", "shop.report", 12.3),),
    queues=("celery", "reports"),
    celery="5.7.0",
)
PREFORK = WorkerSeen(
    node="celery@srv-render-1",
    host="srv-render-1",
    where="elsewhere",
    pid=7,
    pool="prefork",
    concurrency=8,
    prefetch=0,
    uptime_s=90000,
    done=0,
    running=(Running("a", "shop.add", None),),
    queues=(),
)
SILENT = WorkerSeen("solo@DESKTOP-4F2K", "DESKTOP-4F2K", "here", pid=88, silent=BUSY)


def test_all_that_is_known_of_each_worker_is_told(golden: Callable[[str, str], None]) -> None:
    text = "".join(f"{line}\n" for line in ps_lines((FLEET, SILENT, PREFORK)))
    golden("ps.txt", text)
    assert max(map(len, text.splitlines())) <= 80


def test_nobody_is_told_to_be_nobody() -> None:
    assert list(ps_lines(())) == ["no worker answers, and none is known on this machine"]


@pytest.mark.parametrize(("number", "text"), [(0, "0 workers"), (1, "1 worker")])
def test_things_are_counted(number: int, text: str) -> None:
    assert counted(number, "worker") == text

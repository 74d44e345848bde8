"""A real prefork worker that is stopped as Render does it, held against the rules.

SIGTERM while a task runs, then SIGKILL to all its processes where it has not left by itself.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.render.rehearsing.rules import Fate, Stop, Task, held, outcome

if sys.platform == "win32":
    pytest.skip("there is no prefork with SIGTERM on Windows", allow_module_level=True)
else:
    from celery import Celery

    from tests.support.broker import Server
    from tests.support.deployed import Machine, machine
    from tests.support.venvs import python_with_celery
    from tests.support.waiting import wait_until

APP = """\
import os
import time
from pathlib import Path

from celery import Celery

app = Celery("naps", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
app.conf.worker_soft_shutdown_timeout = float(os.environ.get("SOFT", "0"))
app.conf.worker_prefetch_multiplier = 4


def nap(seconds):
    Path("began").touch()
    time.sleep(seconds)


app.task(name="early")(nap)
app.task(name="late", acks_late=True)(nap)
app.task(name="rejecting", acks_late=True, reject_on_worker_lost=True)(nap)
app.task(name="limited", time_limit=2)(nap)
"""
LONG_S, SHORT_S = 600, 1
OPTIONS = {
    "early": Task("early"),
    "late": Task("late", acks_late=True),
    "rejecting": Task("rejecting", acks_late=True, reject_on_worker_lost=True),
    "limited": Task("limited", time_limit_s=2),
}


@contextmanager
def running(server: Server, folder: Path, **variables: str) -> Iterator[tuple[Machine, Celery]]:
    """One worker with one process, and a way to send to it."""
    (folder / "naps.py").write_text(APP)
    python, command = python_with_celery("5.7.0"), "celery -A naps worker -l info -c 1"
    group = {"REDIS_URL": server.url, **variables}
    with (
        machine(python, folder, command, "box", group) as worker,
        Celery(broker=server.url, backend=server.url) as app,
    ):
        yield worker, app


def begin(worker: Machine, app: Celery, folder: Path) -> None:
    """Wait until a task runs and the worker is back in its loop, where a signal is never missed."""
    wait_until((folder / "began").exists, 20, "the task to begin")
    assert app.control.broadcast("ping", reply=True, timeout=20, limit=1), worker.lines


def fate_of(server: Server, state: str) -> Fate:
    """What the broker and the results show now that the worker is gone."""
    if server.waiting():
        return Fate.AGAIN_NOW
    if server.unacked():
        return Fate.AGAIN_LATER
    return Fate.FINISHES if state in ("SUCCESS", "FAILURE") else Fate.LOST


@pytest.mark.parametrize(
    ("name", "seconds", "soft_s", "killed"),
    [
        ("early", SHORT_S, None, False),
        ("limited", LONG_S, None, False),
        ("early", LONG_S, None, True),
        ("late", LONG_S, None, True),
        ("rejecting", LONG_S, None, True),
        ("early", LONG_S, 1, False),
        ("late", LONG_S, 1, False),
        ("late", LONG_S, 0, False),
        ("early", SHORT_S, 6, False),
        ("late", SHORT_S, 6, False),
        ("late", LONG_S, 300, True),
    ],
)
def test_a_running_task_ends_as_the_rules_say(
    server: Server, tmp_path: Path, name: str, seconds: int, soft_s: int | None, killed: bool
) -> None:
    variables = {} if soft_s is None else {"REMAP_SIGTERM": "SIGQUIT", "SOFT": str(soft_s)}
    stop = Stop(delay_s=120, quits=soft_s is not None, soft_s=soft_s or 0)
    known = OPTIONS[name]
    wanted = outcome(
        Task(
            known.name,
            known.acks_late,
            known.reject_on_worker_lost,
            known.time_limit_s,
            None,
            seconds,
        ),
        stop,
    )
    with running(server, tmp_path, **variables) as (worker, app):
        sent = app.send_task(name, (seconds,))
        begin(worker, app, tmp_path)
        worker.process.send_signal(signal.SIGTERM)
        worker.until("hutdown")
        if killed:
            assert worker.process.poll() is None
            worker.kill()
        worker.process.wait(30)
        assert fate_of(server, sent.state) is wanted.fate


@pytest.mark.parametrize("killed", [False, True])
def test_what_is_held_goes_back_unless_the_worker_is_killed(
    server: Server, tmp_path: Path, killed: bool
) -> None:
    with running(server, tmp_path) as (worker, app):
        app.send_task("early", (LONG_S if killed else 3,))
        begin(worker, app, tmp_path)
        app.send_task("early", (SHORT_S,), countdown=3000)
        app.send_task("early", (SHORT_S,))
        wait_until(lambda: not server.waiting() and server.unacked() == 2, 20, "both to be held")
        worker.process.send_signal(signal.SIGTERM)
        worker.until("hutdown")
        if killed:
            worker.kill()
        worker.process.wait(30)
        told = held(Stop(delay_s=30), all_finish=not killed).fate
        waiting, out = (2, 0) if told is Fate.AGAIN_NOW else (0, 2)
        assert (server.waiting(), server.unacked()) == (waiting, out)

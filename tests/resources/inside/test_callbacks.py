"""What prefork's parent hears of a task, and does."""

import logging
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from billiard.einfo import ExceptionInfo

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker

Load = Callable[[str], ModuleType]


def raised(error: BaseException) -> ExceptionInfo:
    try:
        raise error
    except BaseException:  # noqa: BLE001
        return ExceptionInfo()


def test_an_error_in_a_hook_is_logged_and_no_more(
    inside: Load, caplog: pytest.LogCaptureFixture
) -> None:
    called: list[tuple[object, ...]] = []
    inside("callbacks").safely(lambda *args, **kwargs: called.append((args, kwargs)), 1, soft=True)
    assert called == [((1,), {"soft": True})]
    with caplog.at_level(logging.ERROR):
        inside("callbacks").safely(lambda: 1 / 0)
    assert "Pool callback raised exception: ZeroDivisionError" in caplog.text


def test_only_an_exit_ends_the_process(inside: Load) -> None:
    callbacks = inside("callbacks")
    assert callbacks.ends_process(raised(SystemExit(3)))
    assert callbacks.ends_process(raised(KeyboardInterrupt()))
    assert not callbacks.ends_process(raised(MemoryError()))
    assert not callbacks.ends_process(raised(ValueError()))


def test_an_older_billiard_knows_the_exit_code_only(
    inside: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    callbacks = inside("callbacks")
    monkeypatch.setattr(callbacks, "CHILD_REPORTS", False)

    def heard(error: BaseException) -> str:
        told = callbacks.as_prefork_sees(raised(error), SimpleNamespace(), 4)
        return str(callbacks.cause(told))

    assert heard(SystemExit(3)) == "Worker exited prematurely: exitcode 3 Job: 4."
    assert heard(SystemExit()) == "Worker exited prematurely: exitcode 0 Job: 4."
    assert heard(SystemExit("no")) == "Worker exited prematurely: exitcode 1 Job: 4."
    assert heard(GeneratorExit()) == "Worker exited prematurely: exitcode 0 Job: 4."
    assert heard(MemoryError("big")) == "big"


# Celery 5.3 to 5.6 with billiard 4.3 store the SystemExit, which the JSON of the backend refuses:
# the result stays PENDING for ever. Seen with prefork itself.
EXITS = {
    "5.2.7": ("WorkerLostError('Worker exited prematurely: exitcode 3 Job: 0.')", "FAILURE"),
    "5.3.6": ("SystemExit(3)", None),
    "5.4.0": ("SystemExit(3)", None),
    "5.7.0": ("WorkerLostError('Worker exited prematurely: exitcode 3.')", "FAILURE"),
}


def test_a_task_that_leaves_is_settled_and_the_worker_replaced(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    """What that version's prefork says, which went through three forms."""
    its_server.client.flushall()
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        celery = running.wait("hello")["celery"]
        task_id = send(its_calls, "tasky.leave", 3)
        assert running.end() == 0
    error, state = EXITS[celery]
    assert running.wait("failed", id=task_id)["exception"] == error
    assert running.wait("stopping")["replace"]
    results = its_calls.call("results", ids=[task_id])["results"]
    assert results.get(task_id, {}).get("state") == state
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)

"""Child processes are refused to tasks, as in production."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker


def test_no_child_can_be_started(
    inside: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = dict(multiprocessing.current_process()._config)  # type: ignore[attr-defined]
    monkeypatch.setattr(multiprocessing.current_process(), "_config", config)
    inside("daemonic").forbid_children()
    with pytest.raises(AssertionError, match="daemonic processes are not allowed to have children"):
        multiprocessing.Process(target=print).start()


@pytest.mark.parametrize("daemonic", [False, True])
def test_a_task_with_a_pool_of_its_own_fails_as_in_production_if_that_is_wanted(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, daemonic: bool
) -> None:
    with worker(python, its_server.url, loop=loop, daemonic=daemonic) as running:
        running.wait("ready")
        task_id = send(its_calls, "tasky.in_a_pool", 3)
        ended = running.wait_for(
            lambda record: (
                record.get("id") == task_id and record["kind"] in ("failed", "succeeded")
            ),
            "its end",
        )
    if daemonic:
        assert "daemonic processes are not allowed to have children" in ended["exception"]
    else:
        assert ended["result"] == "9"

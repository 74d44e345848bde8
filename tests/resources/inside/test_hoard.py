"""Messages taken ahead as in production."""

from pathlib import Path

import pytest

from tests.support.broker import Server
from tests.support.inside import Bridge, send, worker


@pytest.mark.parametrize(("hoards", "held"), [(False, 1), (True, 4)])
def test_behind_a_running_task_wait_as_many_as_celery_prefetches(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge, hoards: bool, held: int
) -> None:
    """worker_prefetch_multiplier is 4, and a late message counts until it is acknowledged."""
    its_server.client.flushall()
    ids = [send(its_calls, "tasky.late_nap", 0.1) for _ in range(8)]
    with worker(python, its_server.url, loop=loop, hoards=hoards) as running:
        running.wait("started")
        assert its_server.unacked() == held
        assert its_server.waiting() == 8 - held
        for task_id in ids:
            running.wait("succeeded", id=task_id)
        running.say(kind="stop")
        assert running.end() == 0
    assert (its_server.waiting(), its_server.unacked()) == (0, 0)


def test_what_was_taken_ahead_goes_back_at_a_stop(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    its_server.client.flushall()
    for _ in range(6):
        send(its_calls, "tasky.late_nap", 0.2)
    with worker(python, its_server.url, loop=loop, hoards=True) as running:
        running.wait("started")
        running.say(kind="stop")
        assert running.end() == 0
    assert (its_server.waiting(), its_server.unacked()) == (5, 0)

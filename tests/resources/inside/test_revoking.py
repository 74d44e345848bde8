"""What is not to run is known to those who were not there."""

from pathlib import Path

from tests.support.broker import Server
from tests.support.inside import Bridge, send, wait_for_control, worker

NODE = "w1@box"


def test_what_a_worker_hears_it_tells(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    its_server.client.flushall()
    with worker(python, its_server.url, loop=loop) as running:
        running.wait("ready")
        wait_for_control(its_calls, NODE)
        its_calls.call("revoke", ids=["a1", "b2"])
        told = running.wait("revoking")
        assert (sorted(told["ids"]), told["stamps"]) == (["a1", "b2"], {})


def test_what_it_is_told_it_does_not_run(
    python: Path, loop: str | None, its_server: Server, its_calls: Bridge
) -> None:
    its_server.client.flushall()
    first, second = (send(its_calls, "tasky.late_nap", 0.1, countdown=1.5) for _ in range(2))
    revoked = {"ids": [first], "stamps": {}}
    with worker(python, its_server.url, loop=loop, revoked=revoked) as running:
        running.wait("ready")
        running.say(kind="revoked", ids=[second], stamps={"tenant": ["x"]})
        for task_id in (first, second):
            running.wait("revoked", id=task_id)
        assert "started" not in running.kinds(first) + running.kinds(second)

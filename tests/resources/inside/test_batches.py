"""Tasks whose messages another strategy collects."""

from pathlib import Path

from tests.support.broker import Server
from tests.support.inside import PROJECTS, bridge, send, worker
from tests.support.waiting import wait_until

BATCHED = PROJECTS / "batched"


def test_messages_that_run_together_are_told_one_by_one(
    python: Path, loop: str | None, its_server: Server
) -> None:
    where = {"app": "batched", "workdir": BATCHED}
    with (
        bridge(python, its_server.url, **where) as calls,
        worker(python, its_server.url, loop=loop, **where) as running,
    ):
        running.wait("ready")
        ids = [send(calls, "batched.count", number) for number in range(4)]
        for task_id in ids:
            ended = running.wait("succeeded", id=task_id)
            assert (ended["result"], ended["ignored"]) == ("ran in a batch", True)
            assert running.kinds(task_id) == ["received", "started", "succeeded"]
        wait_until(lambda: running.log.count("a pair is done") == 2, 20, "its log")
        assert "together [0, 1]" in running.log
        running.wait("succeeded", id=send(calls, "batched.add", 1), result="3")
        running.say(kind="stop")
        assert running.end() == 0
    assert its_server.unacked() == 0

"""An app whose keys have a prefix is searched and settled like any other."""

import time
from pathlib import Path

from tests.support.broker import Server
from tests.support.inside import PROJECTS, bridge, send, worker

WHERE = {"app": "prefixed", "workdir": PROJECTS / "prefixed"}


def test_messages_are_found_under_their_prefix(
    python: Path, loop: str | None, its_server: Server
) -> None:
    its_server.client.flushall()
    with bridge(python, its_server.url, **WHERE) as calls:
        waiting = send(calls, "prefixed.nap", 0.1)
        found = calls.call("whereabouts", ids=[waiting])
        assert (found["waiting"], found["missing"]) == ([waiting], [])
        lengths = calls.call("queues")
        assert (lengths["queues"], lengths["unacked"]) == ({"celery": 1}, 0)
        with worker(python, its_server.url, loop=loop, **WHERE) as running:
            running.wait("succeeded", id=waiting)
            out = send(calls, "prefixed.nap", 30)
            running.wait("started", id=out)
            lengths = calls.call("queues")
            assert (lengths["unacked"], lengths["oldest_unacked_s"] < 10) == (1, True)
            assert calls.call("whereabouts", ids=[out])["out"] == [out]
            running.process.kill()
            running.end()
        asked = {"taken_after": time.time() - 60, "taken_before": time.time(), "known": []}
        assert calls.call("orphans", **asked)["given_back"] == [out]
        assert calls.call("queues")["queues"] == {"celery": 1}
    assert its_server.client.llen("shop:celery") == 1

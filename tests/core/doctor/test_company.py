"""Who else is on the broker."""

import sys
from pathlib import Path

from core.doctor.finding import State
from core.workers.names import this_host
from tests.support.doctor import plant, visit, wrong
from tests.support.venvs import python_with_celery

if sys.platform != "win32":
    from tests.support.broker import Server
    from tests.support.inside import bridge, wait_for_control, worker

    async def test_a_worker_with_a_name_that_ours_would_take(
        server: Server, tmp_path: Path
    ) -> None:
        python, node = python_with_celery("5.7.0"), f"worker1@{this_host()}"
        with worker(python, server.url, node) as one, bridge(python, server.url) as calls:
            one.wait("ready")
            wait_for_control(calls, node)
            found = await visit(plant(tmp_path / "p"), server.url)
        assert wrong(found) == {"node-names": State.FAULT}
        assert f"named {node} is on the broker" in found["node-names"].evidence

    async def test_two_workers_of_one_name(server: Server, tmp_path: Path) -> None:
        python = python_with_celery("5.7.0")
        with (
            worker(python, server.url, "twin@box") as one,
            worker(python, server.url, "twin@box") as other,
            bridge(python, server.url) as calls,
        ):
            one.wait("ready")
            other.wait("ready")
            wait_for_control(calls, "twin@box")
            found = await visit(plant(tmp_path / "p"), server.url)
        assert wrong(found) == {"node-names": State.FAULT}
        assert "2 workers answer as twin@box" in found["node-names"].evidence

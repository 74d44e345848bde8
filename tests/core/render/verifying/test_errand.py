"""The task that is sent to be seen."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a prefork worker, and Valkey, run on Linux", allow_module_level=True)
else:
    from core.bridge.calls import Calls
    from core.bridge.host import Host
    from core.render.verifying.errand import TASK, run_errand
    from core.render.verifying.report import Errand
    from core.workers.containment import make_containment
    from core.workers.spec import WorkerSpec
    from tests.support.broker import Server
    from tests.support.deployed import START, machine
    from tests.support.venvs import python_with_celery
    from tests.support.verified import HOST, Shop, group


async def sent(shop: Shop, url: str, python: Path, *nodes: str, patience_s: float = 20) -> Errand:
    env = {**os.environ, **group(url)}
    spec = WorkerSpec(python, "proj", shop.pushed.clone, env, broker={})
    async with make_containment() as containment:
        host = Host(spec, containment)
        try:
            return await run_errand(
                Calls(host), spec, containment, nodes, "celery", patience_s=patience_s
            )
        finally:
            await host.close()


@pytest.mark.parametrize("version", ["5.2.7", "5.4.0"])
async def test_older_celeries_have_the_task_and_tell_of_it(
    deserted: Shop, server: Server, tmp_path: Path, version: str
) -> None:
    python = python_with_celery(version)
    folder = deserted.pushed.checkout(tmp_path / "checkout")
    with machine(python, folder, START, HOST, group(server.url)):
        errand = await sent(deserted, server.url, python, f"celery@{HOST}")
    assert (errand.task, errand.node, errand.kept) == (TASK, f"celery@{HOST}", True)
    assert errand.ran
    assert None not in (errand.received_at, errand.started_at, errand.succeeded_at)


async def test_a_worker_that_tells_of_its_tasks_already_goes_on_to(
    deserted: Shop, server: Server, tmp_path: Path
) -> None:
    python = python_with_celery("5.7.0")
    folder = deserted.pushed.checkout(tmp_path / "checkout")
    with machine(python, folder, f"{START} -E", HOST, group(server.url)) as worker:
        errand = await sent(deserted, server.url, python, f"celery@{HOST}")
    assert errand.ran
    assert not [line for line in worker.lines if "disabled by remote" in line]


async def test_what_nobody_takes_is_waited_for_no_longer_than_patience(
    deserted: Shop, server: Server
) -> None:
    errand = await sent(deserted, server.url, python_with_celery("5.7.0"), patience_s=1)
    assert not errand.ran
    assert replace(errand, id="", sent_at=errand.sent_at) == Errand(
        "", TASK, "celery", errand.sent_at
    )
    assert server.waiting() == 1

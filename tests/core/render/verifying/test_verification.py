"""A worker that runs as on Render is proved to; and what is told where something is not so."""

import sys

import pytest

from core.render.verifying.report import Sure

if sys.platform == "win32":
    pytest.skip("a prefork worker, and Valkey, run on Linux", allow_module_level=True)
else:
    from tests.support.deployed import START, site
    from tests.support.verified import HOST, Shop, failed, found


async def test_a_task_is_proved_to_run_on_render_at_the_pushed_commit(shop: Shop) -> None:
    report = await shop.verify()
    assert report.holds, report
    assert found(report, "ran-on-render") == [(Sure.PROVED, "the task was run on Render, by jobs")]
    commits = [sure for sure, _ in found(report, "commit")]
    assert commits == [Sure.INFERRED, Sure.INFERRED]
    assert report.commit == shop.pushed.commit
    checks = {each.check for each in report.findings if each.sure is Sure.PROVED}
    assert checks >= {
        *("service", "broker", "local-workers", "online", "concurrency", "tasks"),
        *("log", "queues", "results", "web", "memory"),
    }
    errand = report.errand
    assert errand is not None
    assert errand.node == f"celery@{HOST}"
    assert errand.instance == HOST
    times = (errand.received_at, errand.started_at, errand.succeeded_at, errand.read_at)
    assert None not in times
    assert errand.sent_at <= errand.read_at  # type: ignore[operator]
    assert "hush" not in repr(report)


async def test_the_worker_tells_of_its_tasks_no_longer_than_it_takes(shop: Shop) -> None:
    await shop.verify()
    assert shop.remote is not None
    shop.remote.until("Events of group {task} disabled by remote.")


async def test_another_commit_is_told(shop: Shop) -> None:
    for deploys in shop.account.deploys.values():
        deploys[0]["commit"]["id"] = "0ld" * 13
    report = await shop.verify()
    assert failed(report) == {"commit"}
    assert f"jobs runs another commit than {shop.pushed.commit[:9]}" in repr(report)
    assert found(report, "ran-on-render")[0][0] is Sure.PROVED


async def test_a_log_that_does_not_have_the_task_leaves_the_name_of_the_worker(shop: Shop) -> None:
    assert shop.remote is not None
    shop.remote.on_line = lambda line: None
    details = shop.jobs["serviceDetails"]["envSpecificDetails"]
    details["startCommand"] = START.replace("info", "warning")
    report = await shop.verify()
    assert report.holds, report
    assert found(report, "ran-on-render")[0][0] is Sure.INFERRED
    assert found(report, "log")[0][0] is Sure.UNKNOWN


async def test_a_web_service_that_is_ill_is_told(shop: Shop) -> None:
    with site({"/health": (503, "")}) as url:
        shop.api["serviceDetails"]["url"] = url
        report = await shop.verify()
    assert failed(report) == {"web"}


async def test_a_suspended_service_is_told(deserted: Shop) -> None:
    deserted.jobs["suspended"] = "suspended"
    report = await deserted.verify()
    assert failed(report) == {"service", "online"}
    assert (Sure.FAILED, "jobs is suspended") in found(report, "service")

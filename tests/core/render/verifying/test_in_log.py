"""The line of Render's log that names the task."""

from datetime import UTC, datetime

import pytest

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.verifying import in_log as module
from core.render.verifying.in_log import in_log
from core.render.verifying.report import Errand
from tests.render_fake.account import Account

ERRAND = Errand("0a1b", "celery.accumulate", "celery", datetime(2026, 11, 20, tzinfo=UTC))
DONE = "[INFO/ForkPoolWorker-1] Task celery.accumulate[0a1b] succeeded in 0.1s: ['x']"


async def test_the_line_tells_service_and_instance(api: RenderApi, account: Account) -> None:
    jobs = account.add_service("jobs")
    account.log(jobs, "Task celery.accumulate[0a1b] received", instance="a0")
    account.log(jobs, DONE, instance="a0")
    found = await in_log(api, ERRAND, [Service.read(jobs)])
    assert (found.service, found.instance, found.line) == ("jobs", f"{jobs['id']}-a0", DONE)


async def test_a_line_that_comes_late_is_waited_for(
    api: RenderApi, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.01)
    jobs = account.add_service("jobs")
    account.plan("GET", "/logs", 200, {"hasMore": False, "logs": [], **_TIMES})
    account.log(jobs, DONE)
    assert (await in_log(api, ERRAND, [Service.read(jobs)])).line == DONE


_TIMES = dict.fromkeys(("nextStartTime", "nextEndTime"), "2026-11-20T10:00:00Z")


async def test_where_it_is_not_there_nothing_is_told(api: RenderApi, account: Account) -> None:
    jobs = account.add_service("jobs")
    account.log(jobs, "Task celery.accumulate[0a1b] received")
    assert await in_log(api, ERRAND, [Service.read(jobs)], wait_s=0) == ERRAND
    assert await in_log(api, ERRAND, []) == ERRAND

"""Live logs, over a real WebSocket."""

import asyncio
import logging

import pytest

from core.errors import UNAVAILABLE, USAGE
from core.render.api.call import Caller
from core.render.api.client import RenderApi
from core.render.api.live import live_lines
from core.render.api.log_line import LogQuery
from core.render.api.refusal import NetworkLost, Refused
from core.secret import Secret
from tests.render_fake.account import KEY, OWNER, Account, Json
from tests.render_fake.server import RenderServer


def jobs(account: Account) -> Json:
    return next(iter(account.services.values()))


async def test_lines_come_as_they_are_printed(
    served: RenderServer, api_there: RenderApi, account: Account
) -> None:
    query = LogQuery(OWNER, (jobs(account)["id"],), types=("app",))
    async with live_lines(api_there.caller, query) as lines:
        account.log(jobs(account), "building", "build")
        account.log(jobs(account), "häßlich \x1b[31m")
        account.log(jobs(account), "second")
        assert [(await anext(lines)).message for _ in range(2)] == ["häßlich \x1b[31m", "second"]
    assert "resource=srv-" in served.subscribed.get(timeout=5)


async def test_a_lost_connection_is_told(
    served: RenderServer, api_there: RenderApi, account: Account
) -> None:
    query = LogQuery(OWNER, (jobs(account)["id"],))
    async with live_lines(api_there.caller, query) as lines:
        await asyncio.to_thread(served.subscribed.get)
        served.cut_live()
        with pytest.raises(NetworkLost):
            await anext(lines)


async def test_nobody_there_is_told_as_a_lost_network() -> None:
    async with Caller(Secret(KEY), "http://127.0.0.1:9/v1") as caller:
        with pytest.raises(NetworkLost) as caught:
            async with live_lines(caller, LogQuery(OWNER, ("srv-1",))):
                pass
    assert caught.value.exit_code == UNAVAILABLE


async def test_a_wrong_key_is_told_and_no_key_is_in_a_log(
    served: RenderServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Caller(Secret("rnd_wrong_and_secret"), served.url) as caller:
        with pytest.raises(Refused) as caught:
            async with live_lines(caller, LogQuery(OWNER, ("srv-1",))):
                pass
    assert caught.value.exit_code == USAGE
    assert "unauthorized" in caught.value.why
    assert "rnd_wrong_and_secret" not in caplog.text + str(caught.value)

"""Following a deploy to its end."""

import httpx
import pytest

from core.render.api.answers import Deploy, Service
from core.render.api.call import Caller
from core.render.api.client import RenderApi
from core.render.api.following import DeployChanged, Happened, News, Printed, Trouble, follow
from core.render.api.pace import Pace
from core.render.api.refusal import Refused
from core.render.api.tail import MOST_PAGES
from core.secret import Secret
from tests.render_fake.account import KEY, Account

CUT = httpx.ConnectError("no network")


async def nap(seconds: float) -> None:
    """Sleep for no time."""


def begin(account: Account, *steps: str) -> tuple[Service, Deploy]:
    service = next(iter(account.services.values()))
    account.log(service, "of an older deploy", "build")
    deploy = account.add_deploy(service, ("created", *steps))
    return Service.read(service), Deploy.read(deploy)


async def news(api: RenderApi, service: Service, deploy: Deploy) -> list[News]:
    return [each async for each in follow(api, service, deploy, sleep=nap)]


def statuses(told: list[News]) -> list[str]:
    return [each.deploy.status for each in told if isinstance(each, DeployChanged)]


def printed(told: list[News]) -> list[str]:
    return [each.line.message for each in told if isinstance(each, Printed)]


async def test_a_deploy_is_followed_to_live(api: RenderApi, account: Account) -> None:
    steps = ("build_in_progress", "update_in_progress", "live")
    told = await news(api, *begin(account, *steps))
    assert statuses(told) == list(steps)
    assert printed(told) == ["==> Running build command", "==> Deploying"]
    events = [str(each.event) for each in told if isinstance(each, Happened)]
    assert events == ["the deploy started", "the deploy ended: succeeded"]


@pytest.mark.parametrize("status", ["build_failed", "pre_deploy_failed", "update_failed"])
async def test_a_deploy_is_followed_to_its_failure(
    api: RenderApi, account: Account, status: str
) -> None:
    told = await news(api, *begin(account, "build_in_progress", status))
    assert statuses(told)[-1] == status
    events = [str(each.event) for each in told if isinstance(each, Happened)]
    assert events == ["the deploy started", "the deploy ended: failed, exit code 1"]
    assert printed(told)[-1] == "==> Exited with status 1"


async def test_a_status_that_nobody_knows_is_followed(api: RenderApi, account: Account) -> None:
    told = await news(api, *begin(account, "warming_up", "live"))
    account.broken.clear()  # that is the point
    assert statuses(told) == ["warming_up", "live"]


async def test_a_lost_network_only_interrupts(api: RenderApi, account: Account) -> None:
    service, deploy = begin(account, "build_in_progress", "update_in_progress", "live")
    told: list[News] = []
    async for each in follow(api, service, deploy, sleep=nap):
        told.append(each)
        if isinstance(each, Printed) and len(printed(told)) == 1:
            account.cut("GET", ".*", CUT, 8)  # four tries, twice
            account.log(account.services[service.id], "printed meanwhile", "build")
    troubles = [each.text for each in told if isinstance(each, Trouble)]
    assert [text.split("; ")[1] for text in troubles] == [
        "trying again in 5 s",
        "trying again in 10 s",
    ]
    assert statuses(told) == ["build_in_progress", "update_in_progress", "live"]
    lines = ["==> Running build command", "printed meanwhile", "==> Deploying"]
    assert sorted(printed(told)) == sorted(lines)


async def test_what_the_old_instance_prints_is_left_out(api: RenderApi, account: Account) -> None:
    service, deploy = begin(account, "build_in_progress", "live")
    for instance in ("a0", "new"):
        account.log(account.services[service.id], f"hello from {instance}", instance=instance)
    told = await news(api, service, deploy)
    assert printed(told) == ["hello from new", "==> Running build command"]


async def test_a_late_line_is_told_after_the_end(api: RenderApi, account: Account) -> None:
    service, deploy = begin(account, "live")
    told: list[News] = []
    async for each in follow(api, service, deploy, sleep=nap):
        told.append(each)
        if isinstance(each, DeployChanged):
            account.log(account.services[service.id], "late", "build")
    assert printed(told) == ["late"]


async def test_a_deploy_that_is_gone_is_told(api: RenderApi, account: Account) -> None:
    service, deploy = begin(account, "live")
    account.deploys[service.id].clear()
    with pytest.raises(Refused, match="did not tell of dep-"):
        await news(api, service, deploy)


async def test_a_log_of_thousands_of_lines_is_told_whole_and_in_order(account: Account) -> None:
    service, deploy = begin(account, "build_in_progress", "live")
    for number in range(MOST_PAGES * 100 + 250):
        account.log(account.services[service.id], str(number), "build")
    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret(KEY), transport=transport, pace=Pace(sleep=nap)) as caller:
        told = await news(RenderApi(caller), service, deploy)
    lines = [text for text in printed(told) if text.isdecimal()]
    assert lines == [str(number) for number in range(MOST_PAGES * 100 + 250)]
    assert not any(isinstance(each, Trouble) for each in told)


async def test_lines_that_are_left_out_are_told_to_be(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.render.api.tail.MOST_PAGES", 1)
    service, deploy = begin(account, "live")
    for number in range(400):
        account.log(account.services[service.id], str(number), "build")
    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret(KEY), transport=transport, pace=Pace(sleep=nap)) as caller:
        told = await news(RenderApi(caller), service, deploy)
    assert isinstance(told[-1], Trouble)
    assert "more lines than were read" in told[-1].text


async def test_a_limit_of_render_only_interrupts(account: Account) -> None:
    service, deploy = begin(account, "build_in_progress", "live")
    account.plan("GET", "/logs", 429, "slow down", Retry_After="300")
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    transport = httpx.MockTransport(account.handle)
    pace = Pace(clock=lambda: now, sleep=sleep)
    async with Caller(Secret(KEY), transport=transport, pace=pace, sleep=sleep) as caller:
        told = [each async for each in follow(RenderApi(caller), service, deploy, sleep=sleep)]
    assert statuses(told)[-1] == "live"
    assert any("it allows 30" in each.text for each in told if isinstance(each, Trouble))
    assert now > 300 - 90

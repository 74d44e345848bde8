"""Starting a deploy, whatever becomes of the answer."""

import httpx
import pytest

from core.errors import TIMED_OUT, FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.deploying import start_deploy
from core.render.api.refusal import NetworkLost, Refused
from tests.render_fake.account import Account

DEPLOYS = "/services/[^/]+/deploys"


async def nap(seconds: float) -> None:
    """Sleep for no time."""


def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


def posts(account: Account) -> int:
    return sum(request.method == "POST" for request in account.requests)


async def test_a_deploy_of_a_commit_is_started(api: RenderApi, account: Account) -> None:
    deploy = await start_deploy(api, jobs(account), print, commit="c0ffee", sleep=nap)
    assert (deploy.status, deploy.commit) == ("created", "c0ffee")


async def test_a_queued_deploy_is_found_in_the_list(api: RenderApi, account: Account) -> None:
    account.answers_deploys_with_202 = True
    account.add_deploy(next(iter(account.services.values())))
    said: list[str] = []
    deploy = await start_deploy(api, jobs(account), said.append, sleep=nap)
    assert deploy.id == account.deploys[jobs(account).id][0]["id"]
    assert said == ["jobs: queued behind another deploy"]


async def test_a_queued_deploy_that_never_shows_up_is_told(
    api: RenderApi, account: Account
) -> None:
    account.plan("POST", DEPLOYS, 202)
    with pytest.raises(FleetError, match="the deploy of jobs was not found") as caught:
        await start_deploy(api, jobs(account), print, sleep=nap)
    assert caught.value.exit_code == TIMED_OUT


async def test_a_lost_answer_is_looked_for_and_not_asked_for_again(
    api: RenderApi, account: Account
) -> None:
    service = jobs(account)
    account.cut("POST", DEPLOYS, httpx.ReadTimeout("no answer"), done=True)
    deploy = await start_deploy(api, service, print, sleep=nap)
    assert deploy.id == account.deploys[service.id][0]["id"]
    assert posts(account) == 1


async def test_a_lost_answer_to_nothing_is_told_as_lost(api: RenderApi, account: Account) -> None:
    account.cut("POST", DEPLOYS, httpx.ReadTimeout("no answer"))
    with pytest.raises(NetworkLost, match="jobs was not deployed"):
        await start_deploy(api, jobs(account), print, sleep=nap)
    assert posts(account) == 1


async def test_what_was_never_sent_is_not_looked_for(api: RenderApi, account: Account) -> None:
    account.cut("POST", DEPLOYS, httpx.ConnectError("no network"))
    with pytest.raises(NetworkLost):
        await start_deploy(api, jobs(account), print, sleep=nap)
    assert len(account.requests) == 2


async def test_a_suspended_service_is_told_to_be_resumed(api: RenderApi, account: Account) -> None:
    await api.suspend(jobs(account))
    with pytest.raises(Refused) as caught:
        await start_deploy(api, jobs(account), print, sleep=nap)
    assert "Resume the service first" in caught.value.fix

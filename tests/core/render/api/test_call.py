"""One request: when it is repeated, what it is told as, and where the key does not go."""

import logging

import httpx
import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import Service
from core.render.api.call import BASE, Caller, base_url
from core.render.api.client import RenderApi
from core.render.api.pace import PATIENCE_S
from core.render.api.refusal import NetworkLost, Refused
from core.secret import Secret
from tests.render_fake.account import KEY, Account

CUT = httpx.ReadError("reset by peer")


def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


async def test_a_list_is_read_to_its_last_page(api: RenderApi, account: Account) -> None:
    for number in range(203):
        account.add_service(f"more-{number}")
    assert len(await api.services()) == 205
    assert len(account.requests) == 3


async def test_a_list_of_full_pages_ends(api: RenderApi, account: Account) -> None:
    for number in range(98):
        account.add_service(f"more-{number}")
    assert len(await api.services()) == 100
    assert len(account.requests) == 2


async def test_a_cursor_that_does_not_move_ends_the_list(api: RenderApi, account: Account) -> None:
    page = [{"owner": account.owners[0], "cursor": "same"}] * 100
    account.plan("GET", "/owners", 200, page)
    account.plan("GET", "/owners", 200, page)
    account.plan("GET", "/owners", 200, page)
    assert len(await api.owners()) == 200


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_reading_is_tried_again(
    api: RenderApi, account: Account, naps: list[float], status: int
) -> None:
    account.plan("GET", "/owners", status, "busy")
    account.plan("GET", "/owners", status, "busy")
    assert len(await api.owners()) == 1
    assert naps == [1.0, 2.0]


async def test_reading_is_tried_again_when_the_network_was_lost(
    api: RenderApi, account: Account
) -> None:
    account.cut("GET", "/owners", CUT, 3)
    assert len(await api.owners()) == 1


async def test_reading_gives_up_after_four_tries(api: RenderApi, account: Account) -> None:
    account.cut("GET", "/owners", CUT, 4)
    with pytest.raises(NetworkLost, match="the owners were not listed"):
        await api.owners()
    assert len(account.requests) == 4


async def test_a_refusal_is_not_tried_again(api: RenderApi, account: Account) -> None:
    account.plan("GET", "/owners", 406, {"message": "no"})
    with pytest.raises(Refused):
        await api.owners()
    assert len(account.requests) == 1


async def test_setting_a_variable_is_tried_again_for_it_says_the_same(
    api: RenderApi, account: Account
) -> None:
    service = jobs(account)
    account.cut("PUT", ".*", CUT)
    await api.put_env_var(service, "A", Secret("1"))
    assert account.variables[service.id] == {"A": "1"}


@pytest.mark.parametrize("failure", ["cut", "unsent", "503", "429"])
async def test_a_deploy_is_never_sent_twice(api: RenderApi, account: Account, failure: str) -> None:
    service = jobs(account)
    if failure in ("cut", "unsent"):
        account.cut("POST", ".*", CUT if failure == "cut" else httpx.ConnectError("refused"))
    else:
        account.plan("POST", ".*", int(failure), "busy")
    with pytest.raises(FleetError, match="jobs was not deployed") as caught:
        await api.start_deploy(service)
    assert len(account.requests) == 1
    assert ("is not known" in caught.value.fix) == (failure == "cut")


async def test_a_429_closes_its_class_for_as_long_as_it_says(account: Account) -> None:
    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret(KEY), transport=transport) as caller:
        api, service = RenderApi(caller), jobs(account)
        account.plan("POST", ".*/restart", 429, "slow", Retry_After=str(PATIENCE_S + 1))
        with pytest.raises(Refused):
            await api.restart(service)
        with pytest.raises(FleetError, match="no more changing requests"):
            await api.restart(service)
    assert len(account.requests) == 1


async def test_once_it_is_closed_nothing_is_sent_and_that_is_said(account: Account) -> None:
    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret(KEY), transport=transport) as caller:
        api = RenderApi(caller)
    with pytest.raises(FleetError, match="closed meanwhile"):
        await api.owners()
    assert account.requests == []


async def test_plain_text_is_told_as_it_is(api: RenderApi, account: Account) -> None:
    account.plan("POST", ".*/restart", 400, "cannot restart: disk is busy")
    with pytest.raises(Refused) as caught:
        await api.restart(jobs(account))
    assert "Render said 400: cannot restart: disk is busy" in caught.value.why


async def test_a_page_of_some_proxy_is_no_answer(api: RenderApi, account: Account) -> None:
    account.plan("POST", ".*/rollback", 200, "<html>please log in</html>")
    with pytest.raises(Refused, match="no JSON: <html>please log in") as caught:
        await api.roll_back(jobs(account), "dep-1")
    account.broken.clear()  # it was none of Render's
    assert caught.value.status == 200


async def test_a_garbled_answer_is_a_lost_one(api: RenderApi, account: Account) -> None:
    account.cut("POST", ".*/restart", httpx.DecodingError("no gzip"))
    with pytest.raises(NetworkLost, match="jobs was not restarted") as caught:
        await api.restart(jobs(account))
    assert caught.value.sent


async def test_a_wrong_key_is_told_to_be_one(account: Account) -> None:
    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret("rnd_old"), transport=transport) as caller:
        with pytest.raises(Refused) as caught:
            await RenderApi(caller).owners()
    assert "the key is wrong, or was revoked" in caught.value.why
    assert caught.value.exit_code == USAGE


async def test_the_key_is_in_no_log_error_or_repr(
    api: RenderApi, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    account.plan("POST", ".*/restart", 400, f"what is Bearer {KEY}?")
    with pytest.raises(Refused) as refusal:
        await api.restart(jobs(account))
    account.cut("POST", ".*", CUT)
    with pytest.raises(NetworkLost) as loss:
        await api.restart(jobs(account))
    told = [repr(api.caller), repr(vars(api.caller)), str(refusal.value), repr(loss.value)]
    told += [repr(loss.value.__cause__), repr(loss.value.__context__), caplog.text]
    assert account.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in "".join(told)


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("", BASE),
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("http://127.0.0.1:4010/v1", "http://127.0.0.1:4010/v1"),
    ],
)
def test_another_address_may_be_given(host: str, base: str) -> None:
    assert base_url({"RENDER_HOST": host}) == base


@pytest.mark.parametrize("host", ["http://api.render.com/v1", "ftp://x", "api.render.com"])
def test_the_key_goes_nowhere_in_the_open(host: str) -> None:
    with pytest.raises(FleetError, match="RENDER_HOST cannot be used"):
        base_url({"RENDER_HOST": host})

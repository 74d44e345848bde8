"""Sending what was agreed to."""

import httpx
import pytest

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.remote.change import carry_out, named
from core.render.remote.power import restart, suspend
from core.render.remote.scaling import scale
from tests.render_fake.account import Account


def services(account: Account) -> list[Service]:
    return [Service.read(each) for each in account.services.values()]


async def test_changes_are_sent_in_their_order(api: RenderApi, account: Account) -> None:
    jobs, web = services(account)
    told: list[str] = []
    changes = (scale(jobs, "Shop", 3), restart(web, "Shop"))
    await carry_out(api, changes, lambda change: told.append(change.told))
    assert [each.url.path.rpartition("/")[2] for each in account.requests] == ["scale", "restart"]
    assert told == [
        "jobs: Render was asked for 3 instances",
        "api: Render was asked to restart it",
    ]


async def test_what_was_done_before_one_failed_is_told(api: RenderApi, account: Account) -> None:
    jobs, web = services(account)
    account.cut("POST", ".*/suspend", httpx.ConnectError("no network"))
    with pytest.raises(FleetError, match="api was not suspended") as caught:
        await carry_out(api, (scale(jobs, "Shop", 3), suspend(web, "Shop"), restart(jobs, "Shop")))
    assert "Done before that: jobs: Render was asked for 3 instances." in caught.value.fix
    assert len(account.requests) == 2


async def test_a_first_one_that_fails_has_nothing_before_it(
    api: RenderApi, account: Account
) -> None:
    jobs, _ = services(account)
    account.plan("POST", ".*", 403, {"message": "forbidden"})
    with pytest.raises(FleetError) as caught:
        await carry_out(api, (restart(jobs, "Shop"),))
    assert "Done before" not in caught.value.fix


def test_a_service_is_named_with_its_id_and_its_workspace(account: Account) -> None:
    jobs, _ = services(account)
    assert named(jobs, "Shop") == f"jobs ({jobs.id}, workspace Shop)"

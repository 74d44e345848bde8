"""Where the address of production's broker is known from."""

from collections.abc import Mapping

import pytest

from core.broker.address import read_address
from core.errors import FleetError
from core.render.api.answers import Owner, Service
from core.render.api.client import RenderApi
from core.render.verifying.production import (
    CELERYS,
    Production,
    find_production,
    inner_names,
)
from core.secret import Secret
from core.settings.variables import PRODUCTION_BROKER
from tests.render_fake.account import OWNER, Account
from tests.support.projects import project

URL = "rediss://default:hunter2@far.upstash.io:6379?ssl_cert_reqs=required"


class Finding:
    """Looks from one project, with these variables and `.env`."""

    def __init__(self, api: RenderApi, account: Account) -> None:
        self.api = api
        self.jobs = account.add_service("jobs")

    async def find(
        self,
        wanted: str | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
        there: bool = True,
    ) -> Production:
        worker = Service.read(self.jobs) if there else None
        owner = Owner(OWNER, "Shop", "team")
        shop = project(env=env or {})
        return await find_production(shop, self.api, owner, worker, environ or {}, wanted)


@pytest.fixture
def finding(api: RenderApi, account: Account) -> Finding:
    return Finding(api, account)


def told(found: Production) -> dict[str, str]:
    return {name: value.reveal() for name, value in found.variables.items()}


async def test_only_addresses_are_taken_from_groups_and_the_service(
    finding: Finding, account: Account
) -> None:
    values = {"REDIS_URL": "redis://old:6379", "DATABASE_URL": "mysql://u:p@h/d", "KEY": "sk-1"}
    account.add_group("shop", values, finding.jobs)
    account.add_group("other", {"CACHE_URL": "redis://elsewhere:6379"})
    account.variables[finding.jobs["id"]] = {"REDIS_URL": URL, "CELERY_RESULT_BACKEND": "rpc://"}
    found = await finding.find()
    assert told(found) == {"REDIS_URL": URL, "CELERY_RESULT_BACKEND": "rpc://"}
    assert found.source == "the service jobs and the group shop on Render"
    assert "hunter2" not in repr(found)


async def test_a_key_value_is_called_by_its_name_from_outside(
    finding: Finding, account: Account
) -> None:
    key_value = account.add_key_value("queue")
    account.add_group("shop", {"REDIS_URL": f"redis://{key_value['id']}:6379/2"}, finding.jobs)
    found = await finding.find()
    outside = f"rediss://{key_value['id']}:hunter2@oregon-kv.render.com:6379/2"
    assert told(found) == {"REDIS_URL": f"{outside}?ssl_cert_reqs=required"}
    assert inner_names(found) == []


async def test_a_key_value_of_another_workspace_stays_a_name_of_the_inside(
    finding: Finding, account: Account
) -> None:
    account.add_group("shop", {"REDIS_URL": "redis://red-abc:6379"}, finding.jobs)
    assert inner_names(await finding.find()) == ["red-abc"]


async def test_a_variable_of_this_machine_wins(finding: Finding, account: Account) -> None:
    account.add_group("shop", {"REDIS_URL": "redis://old:6379"}, finding.jobs)
    found = await finding.find(environ={PRODUCTION_BROKER: URL})
    assert told(found) == dict.fromkeys(CELERYS, URL)
    assert told(await finding.find("MINE", environ={"MINE": "amqp://h"})) == dict.fromkeys(
        CELERYS[:3], "amqp://h"
    )


async def test_env_comes_last_and_may_be_asked_for(finding: Finding, account: Account) -> None:
    local = {"REDIS_URL": "redis://localhost", "KEY": "sk-1"}
    found = await finding.find(env=local)
    assert found.of_env_file
    assert told(found) == {"REDIS_URL": "redis://localhost"}
    account.add_group("shop", {"REDIS_URL": URL}, finding.jobs)
    assert told(await finding.find(env=local)) == {"REDIS_URL": URL}
    assert (await finding.find(".env", env=local)).of_env_file


@pytest.mark.parametrize(
    ("wanted", "there", "why"),
    [
        (None, True, "neither"),
        ("MINE", True, "MINE is not set"),
        ("render", False, "no worker of render.yaml"),
    ],
)
async def test_where_there_is_none_it_says_where_it_was_looked_for(
    finding: Finding, wanted: str | None, there: bool, why: str
) -> None:
    with pytest.raises(FleetError) as refused:
        await finding.find(wanted, there=there)
    assert why in refused.value.why


async def test_a_reference_that_render_does_not_replace_is_refused(
    finding: Finding, account: Account
) -> None:
    values = {"REDIS_URL": URL, "CELERY_BROKER_URL": "${REDIS_URL}"}
    account.add_group("shop", values, finding.jobs)
    with pytest.raises(FleetError) as refused:
        await finding.find()
    assert "CELERY_BROKER_URL" in refused.value.what
    assert "nothing has replaced" in refused.value.why


def test_variables_of_this_machine_do_not_lead_elsewhere() -> None:
    production = Production({"REDIS_URL": Secret(URL)}, "there")
    local = {"CELERY_BROKER_URL": "redis://localhost", "KEY": "sk-1"}
    assert production.environment(local) == {
        **dict.fromkeys(CELERYS, ""),
        "KEY": "sk-1",
        "REDIS_URL": URL,
    }


async def test_an_address_is_known_by_host_port_and_database(
    finding: Finding, account: Account
) -> None:
    account.add_group("shop", {"REDIS_URL": URL}, finding.jobs)
    found = await finding.find()
    assert found.hosts == ("far.upstash.io:6379",)
    assert found.is_of("rediss://default:**@far.upstash.io:6379//")
    assert not found.is_of("rediss://default:**@far.upstash.io:6379/1")
    assert not found.is_of("redis://localhost:6379/0")


def test_hosts_are_told_once_without_user_password_or_database() -> None:
    urls = (
        "redis://:hunter2@far:6380/1",
        "redis://far:6380/2",
        "redis+socket:///run/x",
        "sqs://k:s@",
    )
    found = Production({}, "the group shop", tuple(read_address(Secret(url)) for url in urls))
    assert found.hosts == ("far:6380", "/run/x", "sqs://…")

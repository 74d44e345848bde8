"""Making a render.yaml by the API, on an account of the test."""

import json
from pathlib import Path

import httpx
import pytest

from core.errors import USAGE, FleetError
from core.render.api.client import RenderApi
from core.render.api.matching import match
from core.render.blueprint.reading import read_text
from core.render.remote.change import Change, carry_out
from core.render.remote.creating import Ground, creations
from tests.render_fake.account import Account

FILE = Path("render.yaml")
TEXT = """\
services:
  - type: worker
    name: mail
    runtime: python
    buildCommand: pip install .
    startCommand: celery -A shop worker --concurrency=2
    envVars:
      - fromGroup: shop
      - {key: SECRET, sync: false}
      - {key: TOKEN, generateValue: true}
      - {key: LEVEL, value: INFO}
      - key: REDIS_URL
        fromService: {type: keyvalue, name: queue, property: connectionString}
  - {type: keyvalue, name: queue, plan: starter, ipAllowList: []}
envVarGroups:
  - {name: shop, envVars: [{key: DEBUG, value: "false"}]}
"""


async def planned(api: RenderApi, text: str = TEXT) -> tuple[Change, ...]:
    document = read_text(text, FILE)
    (owner,) = await api.owners()
    ground = Ground(document, owner, "https://github.com/example/shop", "main")
    services = await api.services(owner=owner.id)
    lists = await api.key_values(owner.id), await api.env_groups(owner.id)
    return creations(ground, match(document, services), *lists)


async def test_all_is_made_in_an_order_in_which_it_can_be(api: RenderApi, account: Account) -> None:
    changes = await planned(api)
    assert [each.name for each in changes] == ["queue", "shop", "mail"]
    assert changes[0].action == (
        "make the Key Value queue (starter, oregon, noeviction) in the workspace Shop"
    )
    assert changes[1].action == "make the group shop with DEBUG in the workspace Shop"
    assert "make the background worker mail (starter) of https://github.com/example/shop, main" in (
        changes[2].action
    )
    assert "$7 a month" in changes[2].action
    assert "SECRET of mail" in changes[2].note
    await carry_out(api, changes)
    (queue,) = account.key_values.values()
    (shop,) = account.groups.values()
    mail = next(each for each in account.services.values() if each["name"] == "mail")
    assert [link["id"] for link in shop["serviceLinks"]] == [mail["id"]]
    assert len(account.deploys[mail["id"]]) == 2
    made = next(
        json.loads(each.content)
        for each in account.requests
        if (each.method, each.url.path) == ("POST", "/v1/services")
    )
    assert made["envVars"] == [
        {"key": "TOKEN", "generateValue": True},
        {"key": "LEVEL", "value": "INFO"},
        {"key": "REDIS_URL", "value": f"redis://{queue['id']}:6379"},
    ]


async def test_what_is_there_is_not_made_again(api: RenderApi, account: Account) -> None:
    await carry_out(api, (await planned(api))[:2])
    assert [each.name for each in await planned(api)] == ["mail"]
    await carry_out(api, await planned(api))
    with pytest.raises(FleetError, match="nothing is to be made") as caught:
        await planned(api)
    assert caught.value.exit_code == USAGE


async def test_a_name_that_is_taken_is_told_with_what_was_made(
    api: RenderApi, account: Account
) -> None:
    changes = await planned(api)
    account.add_service("mail", "web_service")
    with pytest.raises(FleetError, match="the service mail was not created") as caught:
        await carry_out(api, changes)
    assert "the name is taken" in caught.value.why
    assert "Done before that: queue: the Key Value is made; shop: the group is made" in (
        caught.value.fix
    )


async def test_a_group_that_is_not_linked_leaves_a_service_that_is_told(
    api: RenderApi, account: Account
) -> None:
    account.cut("POST", "/env-groups/[^/]+/services/.*", httpx.ConnectError("no network"))
    with pytest.raises(FleetError, match="mail was not linked") as caught:
        await carry_out(api, await planned(api))
    assert "mail itself is made; link shop" in caught.value.fix


async def test_the_address_of_a_key_value_that_is_nowhere_is_told(
    api: RenderApi, account: Account
) -> None:
    text = TEXT.replace("name: queue, property", "name: elsewhere, property")
    with pytest.raises(FleetError, match="the address of elsewhere is not known"):
        await carry_out(api, await planned(api, text))
    assert not any(each["name"] == "mail" for each in account.services.values())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("ipAllowList: []", "ipAllowList: [{source: 0.0.0.0/0}]", "an ipAllowList"),
        ("plan: starter, ip", "previewPlan: free, ip", "previewPlan"),
        ("plan: starter, ip", "persistenceMode: snapshot, ip", "persistenceMode"),
        ("services:", "databases: [{name: books}]\nservices:", "tables of its own"),
        ('value: "false"', "generateValue: true", "DEBUG, which has no value"),
    ],
)
async def test_what_only_a_blueprint_brings_along_is_refused(
    api: RenderApi, account: Account, old: str, new: str, why: str
) -> None:
    with pytest.raises(FleetError, match="not made by the API") as caught:
        await planned(api, TEXT.replace(old, new))
    assert why in caught.value.why

"""The workspace of a project, when the key sees several."""

from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.api.client import RenderApi
from core.render.blueprint.reading import read_text
from core.render.remote.workspace import find_owner
from tests.render_fake.account import Account, owner

DOCUMENT = read_text("services: [{type: worker, name: jobs}]", Path("render.yaml"))


def silent(text: str) -> None:
    raise AssertionError(text)


async def test_the_only_one_is_taken_without_a_word(api: RenderApi, account: Account) -> None:
    assert (await find_owner(api, DOCUMENT, None, silent)).name == "Shop"


async def test_of_several_the_one_with_the_projects_services_is_taken_and_told(
    api: RenderApi, account: Account
) -> None:
    account.owners.insert(0, owner("tea-2", "Bakery"))
    said: list[str] = []
    assert (await find_owner(api, DOCUMENT, None, said.append)).name == "Shop"
    assert said == ["workspace Shop, which has services of this project"]


async def test_a_name_or_an_id_decides(api: RenderApi, account: Account) -> None:
    account.owners.append(owner("tea-2", "Bakery"))
    for wanted in ("Bakery", "tea-2"):
        assert (await find_owner(api, DOCUMENT, wanted, silent)).name == "Bakery"
    with pytest.raises(FleetError, match="which one is 'Butcher'"):
        await find_owner(api, DOCUMENT, "Butcher", silent)


async def test_where_none_or_several_have_them_a_person_decides(
    api: RenderApi, account: Account
) -> None:
    account.owners.append(owner("tea-2", "Bakery"))
    jobs = next(iter(account.services.values()))
    account.services["twin"] = {**jobs, "id": "twin", "ownerId": "tea-2"}
    for _ in range(2):
        with pytest.raises(FleetError, match="the key sees several workspaces") as caught:
            await find_owner(api, DOCUMENT, None, silent)
        assert "--owner" in caught.value.fix
        account.services.clear()

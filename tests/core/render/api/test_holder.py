"""Where variables are kept: which group or service is meant, and what is set there."""

import pytest

from core.errors import USAGE, FleetError
from core.render.api.answers import EnvGroup, Service
from core.render.api.client import RenderApi
from core.render.api.holder import Holder, choose_holder
from core.secret import Secret
from tests.render_fake.account import Account, shown


def group(account: Account, name: str, *linked: dict[str, object]) -> EnvGroup:
    return EnvGroup.read(shown(account.add_group(name, {"A": "1", "B": "2"}, *linked)))


async def test_one_key_is_set_and_all_others_stay(api: RenderApi, account: Account) -> None:
    told = next(iter(account.services.values()))
    account.variables[told["id"]] = {"A": "1", "B": "2"}
    for holder in (Holder(group(account, "shop", told)), Holder(Service.read(told))):
        await holder.put(api, "A", Secret("new"))
        kept = {each.key: each.value.reveal() for each in await holder.read(api)}
        assert kept == {"A": "new", "B": "2"}


def test_the_only_group_of_the_project_is_meant(account: Account) -> None:
    told = next(iter(account.services.values()))
    ours, other = group(account, "shop", told), group(account, "of-others")
    jobs = Service.read(told)
    assert choose_holder([other, ours], [jobs], None).of == ours
    assert choose_holder([other, ours], [jobs], "of-others").of == other
    assert choose_holder([other, ours], [jobs], "jobs").of == jobs
    assert str(Holder(ours)) == f"the group shop ({ours.id})"
    assert str(Holder(jobs)) == f"the service jobs ({jobs.id})"


@pytest.mark.parametrize(("count", "wanted"), [(0, None), (2, None), (1, "nobody")])
def test_a_doubtful_place_is_asked_for(account: Account, count: int, wanted: str | None) -> None:
    told = next(iter(account.services.values()))
    groups = [group(account, f"group-{n}", told) for n in range(count)]
    with pytest.raises(FleetError) as caught:
        choose_holder(groups, [Service.read(told)], wanted)
    assert caught.value.exit_code == USAGE
    assert "--to NAME" in caught.value.fix
    assert "jobs" in caught.value.why

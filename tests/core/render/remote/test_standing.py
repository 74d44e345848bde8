"""How services are, as Render tells it."""

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.matching import Match
from core.render.blueprint.services import Role
from core.render.remote.standing import Standing, read_standing
from tests.render_fake.account import Account


async def test_the_last_deploy_and_all_failures_are_read(api: RenderApi, account: Account) -> None:
    told = next(iter(account.services.values()))
    account.add_deploy(told, ("live",))
    account.kill_for_memory(told)
    account.add_deploy(told, ("build_failed",))
    match = Match("jobs", Role.WORKER, "background_worker", Service.read(told))
    standing = await read_standing(api, match)
    assert standing.deploy is not None
    assert standing.deploy.status == "build_failed"
    assert [str(each.failure) for each in standing.failures] == ["out of memory: more than 512Mi"]


async def test_of_what_is_not_there_nothing_is_asked(api: RenderApi, account: Account) -> None:
    match = Match("mail", Role.WORKER, "background_worker", None)
    assert await read_standing(api, match) == Standing(match, None, ())
    assert account.requests == []

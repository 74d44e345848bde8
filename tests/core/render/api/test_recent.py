"""The last lines of services."""

from core.render.api.client import RenderApi
from core.render.api.log_line import LogQuery
from core.render.api.recent import latest, queries
from tests.render_fake.account import OWNER, Account


async def test_the_last_lines_come_in_order_over_several_pages(
    api: RenderApi, account: Account
) -> None:
    jobs, *_ = account.services.values()
    for number in range(250):
        account.log(jobs, f"line {number}")
    lines = await latest(api, LogQuery(OWNER, (jobs["id"],)), 150)
    assert [line.message for line in lines] == [f"line {number}" for number in range(100, 250)]


async def test_fewer_lines_than_asked_for_are_all(api: RenderApi, account: Account) -> None:
    jobs, *_ = account.services.values()
    account.log(jobs, "only one")
    lines = await latest(api, LogQuery(OWNER, (jobs["id"],)), 150)
    assert [line.message for line in lines] == ["only one"]


async def test_services_of_one_region_share_a_query(api: RenderApi, account: Account) -> None:
    account.add_service("far", region="frankfurt")
    jobs, web, far = await api.services()
    near, other = queries((jobs, web, far), "boom")
    assert (near.resources, other.resources) == ((jobs.id, web.id), (far.id,))
    assert near.text == "boom"

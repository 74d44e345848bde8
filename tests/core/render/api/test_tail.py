"""A log that goes on over lost connections."""

import asyncio
from contextlib import aclosing

import pytest

from core.render.api.client import RenderApi
from core.render.api.log_line import LogLine, LogQuery
from core.render.api.refusal import Refused
from core.render.api.tail import MOST_REMEMBERED, Told, lines_since, tail
from tests.render_fake.account import OWNER, START, Account, Json
from tests.render_fake.server import RenderServer


def jobs(account: Account) -> Json:
    return next(iter(account.services.values()))


def query(account: Account) -> LogQuery:
    return LogQuery(OWNER, (jobs(account)["id"],))


def test_a_line_is_new_once_and_lines_without_an_id_always() -> None:
    told = Told()
    line, nameless = LogLine.read({"id": "a"}), LogLine.read({})
    assert [told.is_new(each) for each in (line, line, nameless, nameless)] == [
        True,
        False,
        True,
        True,
    ]


def test_what_was_told_long_ago_is_forgotten() -> None:
    told = Told()
    for number in range(MOST_REMEMBERED + 1):
        told.is_new(LogLine.read({"id": str(number)}))
    assert told.is_new(LogLine.read({"id": "0"}))
    assert not told.is_new(LogLine.read({"id": str(MOST_REMEMBERED)}))


async def test_all_pages_since_a_time_are_read_once(api: RenderApi, account: Account) -> None:
    for number in range(250):
        account.log(jobs(account), str(number))
    told = Told()
    first = [line async for line in lines_since(api, query(account), told, START)]
    account.log(jobs(account), "late")
    second = [line.message async for line in lines_since(api, query(account), told, START)]
    assert [line.message for line in first] == [str(number) for number in range(250)]
    assert second == ["late"]


async def test_what_was_printed_while_the_network_was_lost_is_told_once(
    served: RenderServer, api_there: RenderApi, account: Account
) -> None:
    account.log(jobs(account), "before")
    troubles: list[str] = []

    async def away(seconds: float) -> None:
        account.log(jobs(account), "meanwhile")

    following = tail(api_there, query(account), Told(), troubles.append, start=START, sleep=away)
    async with aclosing(following) as lines:
        assert (await anext(lines)).message == "before"
        await asyncio.to_thread(served.subscribed.get)
        account.log(jobs(account), "live")
        assert (await anext(lines)).message == "live"
        served.cut_live()
        assert (await anext(lines)).message == "meanwhile"
        account.log(jobs(account), "after")
        assert (await anext(lines)).message == "after"
    assert [text.endswith("trying again in 1 s") for text in troubles] == [True]


async def test_a_wrong_key_is_not_tried_again(api_there: RenderApi, account: Account) -> None:
    account.key = "rnd_another"
    with pytest.raises(Refused):
        async for _ in tail(api_there, query(account), Told(), print):
            pass

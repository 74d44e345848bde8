"""Lines of the logs on Render, and the questions for them."""

from datetime import UTC, datetime, timedelta, timezone

from core.render.api.client import RenderApi
from core.render.api.log_line import LogLine, LogPage, LogQuery, in_order, stamp
from tests.render_fake.account import OWNER, Account


def read(account: Account, *messages: str) -> tuple[LogLine, ...]:
    service = next(iter(account.services.values()))
    return tuple(LogLine.read(account.log(service, message)) for message in messages)


def test_labels_say_what_a_line_is() -> None:
    account = Account()
    account.add_service("jobs")
    (line,) = read(account, "hello")
    assert (line.message, line.type, line.level) == ("hello", "app", "info")
    assert line.instance.startswith(line.resource)


def test_lines_are_put_in_order() -> None:
    account = Account()
    account.add_service("jobs")
    lines = read(account, "a", "b", "c")
    assert in_order(reversed(lines)) == lines
    assert (
        LogLine.read({"message": "no time"})
        == in_order((*lines, LogLine.read({"message": "no time"})))[0]
    )


async def test_pages_lead_from_the_oldest_line_to_the_newest(
    api: RenderApi, account: Account
) -> None:
    lines = read(account, *(str(number) for number in range(5)))
    query = LogQuery(OWNER, (lines[0].resource,))
    first = await api.logs(query, start=lines[0].at, forward=True, most=3)
    assert [line.message for line in first.lines] == ["0", "1", "2"]
    second = await api.logs(query, start=first.next_start, forward=True, most=3)
    assert [line.message for line in second.lines] == ["3", "4"]
    assert second.next_start is None
    newest = await api.logs(query, most=2)
    assert [line.message for line in newest.lines] == ["3", "4"]


def test_an_odd_page_is_an_empty_one() -> None:
    assert LogPage.read({"logs": "?", "hasMore": True}) == LogPage((), None, None)


def test_times_are_told_in_utc() -> None:
    at = datetime(2026, 11, 1, 11, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    assert stamp(at) == "2026-11-01T10:00:00.000005Z"
    assert LogQuery("o", ("r",)).params(start=datetime(2026, 1, 1, tzinfo=UTC))["startTime"] == (
        "2026-01-01T00:00:00.000000Z"
    )

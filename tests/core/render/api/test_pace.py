"""How fast Render is asked, on a clock of the test's own."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from core.errors import FleetError
from core.render.api.pace import Kind, Pace, buckets_of, closed_s


class Clock:
    """A clock that goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.naps.append(round(seconds, 6))
        self.now += seconds


def paced(clock: Clock, said: list[str] | None = None) -> Pace:
    tell = (said if said is not None else []).append
    return Pace(tell, clock=lambda: clock.now, sleep=clock.sleep)


@pytest.mark.parametrize(
    ("method", "path", "kinds"),
    [
        ("GET", "/services", [Kind.GET]),
        ("GET", "/services/srv-1/deploys", [Kind.GET]),
        ("GET", "/logs", [Kind.LOGS, Kind.GET]),
        ("POST", "/services", [Kind.SERVICE, Kind.WRITE]),
        ("PATCH", "/services/srv-1", [Kind.SERVICE, Kind.WRITE]),
        ("POST", "/services/srv-1/deploys", [Kind.DEPLOY, Kind.WRITE]),
        ("POST", "/services/srv-1/rollback", [Kind.DEPLOY, Kind.WRITE]),
        ("POST", "/services/srv-1/deploys/dep-1/cancel", [Kind.WRITE]),
        ("POST", "/services/srv-1/scale", [Kind.WRITE]),
        ("PUT", "/services/srv-1/env-vars/A", [Kind.WRITE]),
    ],
)
def test_each_request_takes_from_the_buckets_of_its_classes(
    method: str, path: str, kinds: list[Kind]
) -> None:
    assert [kind for kind, _ in buckets_of(method, path)] == kinds


async def test_a_burst_up_to_the_limit_waits_for_nothing_and_the_next_one_does() -> None:
    clock, said = Clock(), list[str]()
    pace = paced(clock, said)
    for _ in range(30):
        await pace.admit("PUT", "/services/srv-1/env-vars/A")
    assert clock.naps == []
    await pace.admit("PUT", "/services/srv-1/env-vars/A")
    assert clock.naps == [2.0]
    assert said == ["Render limits changing requests: waiting 2 s"]


async def test_a_minute_later_the_bucket_is_full_again_and_no_fuller() -> None:
    clock = Clock()
    pace = paced(clock)
    for _ in range(30):
        await pace.admit("PUT", "/x")
    clock.now += 3600
    for _ in range(31):
        await pace.admit("PUT", "/x")
    assert clock.naps == [2.0]


async def test_deploys_of_two_services_are_counted_apart() -> None:
    clock = Clock()
    pace = paced(clock)
    for number in range(20):
        await pace.admit("POST", f"/services/srv-{number % 2}/deploys")
    assert clock.naps == []
    await pace.admit("POST", "/services/srv-1/deploys")
    assert clock.naps == [6.0]


async def test_a_wait_of_minutes_is_refused_and_takes_no_token() -> None:
    clock = Clock()
    pace = paced(clock)
    for _ in range(20):
        await pace.admit("POST", "/services")
    with pytest.raises(FleetError, match="no more new or changed services for now") as caught:
        await pace.admit("POST", "/services")
    assert "20 in 60 min" in caught.value.why
    assert "Nothing was sent" in caught.value.fix
    clock.now += 180
    await pace.admit("POST", "/services")
    assert clock.naps == []


async def test_what_render_closes_stays_closed_for_that_class_alone() -> None:
    clock = Clock()
    pace = paced(clock)
    pace.heed("GET", "/logs", 7)
    await pace.admit("GET", "/services")
    assert clock.naps == []
    await pace.admit("GET", "/logs")
    assert clock.naps == [7.0]


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"retry-after": "3"}, 3),
        ({"retry-after": "Fri, 20 Nov 2026 12:00:10 GMT"}, 0),
        ({"ratelimit-remaining": "1", "ratelimit-reset": str(NOW.timestamp() + 9)}, 0),
        ({"ratelimit-remaining": "0"}, 0),
        ({"ratelimit-remaining": "0", "ratelimit-reset": str(NOW.timestamp() + 9)}, 9),
        ({"ratelimit-remaining": "0", "ratelimit-reset": str(NOW.timestamp() - 9)}, 0),
    ],
)
def test_an_answer_says_how_long_it_is_closed(headers: dict[str, str], seconds: float) -> None:
    assert closed_s(headers, NOW.timestamp()) == seconds


def test_a_clock_that_is_off_makes_no_wait_longer() -> None:
    reset = str(NOW.timestamp() + 9)
    headers = {"ratelimit-remaining": "0", "ratelimit-reset": reset, "date": format_datetime(NOW)}
    assert closed_s(headers, NOW.timestamp() - 86_400) == 9

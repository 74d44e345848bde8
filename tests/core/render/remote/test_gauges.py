"""What Render's metrics come to."""

from datetime import timedelta

import pytest

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.remote.gauges import Gauge, read_gauges, size_in_bytes
from tests.render_fake.account import START, Account, series

NOW = START + timedelta(hours=1)


@pytest.fixture
def jobs(account: Account) -> Service:
    return Service.read(next(iter(account.services.values())))


async def test_use_and_limit_of_all_instances_are_read(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    account.metrics = {
        "memory": [series("a", [100, 300, 200]), series("b", [150, 120])],
        "memory-limit": [series("a", [512, 512])],
        "cpu": [series("a", [0.25], "cpu")],
        "cpu-limit": [series("a", [0.5], "cpu")],
        "instance-count": [series("jobs", [1, 2], "")],
    }
    gauges = await read_gauges(api, jobs, NOW)
    memory = gauges.memory
    assert (memory.unit, memory.most, memory.now, memory.limit) == ("MB", 300, 200, 512)
    assert [each.value for each in memory.curve()] == [150, 300, 200]
    assert gauges.cpu.share(gauges.cpu.most) == 0.5
    assert gauges.count.now == 2
    assert gauges.count.share(2) is None


async def test_a_long_time_is_asked_for_in_fewer_samples(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    for minutes, every_s in ((5, "30"), (60, "60"), (24 * 60, "1440")):
        gauges = await read_gauges(api, jobs, NOW, minutes=minutes)
        params = account.requests[-1].url.params
        assert params["resolutionSeconds"] == every_s
        assert gauges.end - gauges.start == timedelta(minutes=minutes)
        assert params["endTime"] == "2026-11-20T11:00:00.000000Z"


async def test_a_service_that_ran_nothing_has_no_numbers(
    api: RenderApi, account: Account, jobs: Service
) -> None:
    names = ("cpu", "cpu-limit", "memory", "memory-limit", "instance-count")
    account.metrics = {name: [] for name in names}
    gauges = await read_gauges(api, jobs, NOW)
    assert gauges.memory == Gauge("", ())
    assert (gauges.memory.now, gauges.memory.most, gauges.memory.curve()) == (None, None, ())


@pytest.mark.parametrize(
    ("value", "unit", "size"),
    [(3, "bytes", 3), (2, "MB", 2e6), (2, "MiB", 2 * 2**20), (1, "gb", 1e9), (5, "parsecs", None)],
)
def test_sizes_are_read_in_the_units_that_are_known(
    value: float, unit: str, size: float | None
) -> None:
    assert size_in_bytes(value, unit) == size

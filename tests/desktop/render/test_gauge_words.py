"""What a service used, as drawings and as words."""

from datetime import UTC, datetime, timedelta

from core.render.api.answers import Service
from core.render.api.series import Sample
from core.render.remote.gauges import Gauge, Gauges
from desktop.render.gauge_words import cpu, instances, memory
from tests.render_fake.account import Account

END = datetime(2026, 11, 20, 11, tzinfo=UTC)
SERVICE = Service.read(Account().add_service("jobs"))


def gauge(unit: str, *values: float, limit: float | None = None) -> Gauge:
    first = END - timedelta(minutes=len(values))
    samples = (Sample(first + timedelta(minutes=n), value) for n, value in enumerate(values))
    return Gauge(unit, (("a1", tuple(samples)),), limit)


def gauges(used: Gauge, took: Gauge, count: Gauge) -> Gauges:
    return Gauges(SERVICE, END - timedelta(hours=1), END, used, took, count)


FULL = gauges(
    gauge("cpu", 0.1, 0.4, 0.25, limit=0.5),
    gauge("MiB", 300, 410, 312, limit=512),
    gauge("", 1, 3, 2),
)


def test_memory_is_told_with_its_limit() -> None:
    drawing, words = memory(FULL)
    assert words == (
        "Memory: now 312 MB, at most 410 MB in the last 60 min, 80% of the limit of 512 MB"
    )
    assert drawing.limit == 512
    assert drawing.most > 512


def test_processor_time_too() -> None:
    _, words = cpu(FULL)
    assert words.startswith("CPU: now 0.25 CPU, at most 0.4 CPU")


def test_instances_are_whole_numbers_that_hold_until_the_next() -> None:
    drawing, words = instances(FULL)
    assert words == "Instances: now 2, at most 3 in the last 60 min"
    assert drawing.curves[0].steps
    assert drawing.most == 4


def test_a_unit_that_nobody_knows_is_told_as_it_is_and_nothing_as_nothing() -> None:
    odd = gauges(Gauge("", ()), gauge("bananas", 7), Gauge("", ()))
    assert memory(odd)[1] == "Memory: now 7 bananas, at most 7 bananas in the last 60 min"
    drawing, words = cpu(odd)
    assert words == "CPU: Render has no samples yet"
    assert drawing.most > 0

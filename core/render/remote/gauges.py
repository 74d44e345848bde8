"""What services on Render use: processor, memory and instances over the last time, with limits.

Render names the unit of each number in words that it describes nowhere. What is used and what is
allowed come in the same one, so a share of the limit needs none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.render.api.answers import Service
from core.render.api.client import Metric, RenderApi
from core.render.api.series import Sample, Series

POINTS: Final = 60
"""So many samples of each instance, about."""
_SIZES: Final = {"b": 1, "byte": 1, "bytes": 1} | {
    f"{letter}{rest}": (1024 if rest == "ib" else 1000) ** power
    for power, letter in enumerate("kmgt", 1)
    for rest in ("b", "ib")
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number over time, for each instance; `limit` is the latest, in the same unit."""

    unit: str
    instances: tuple[tuple[str, tuple[Sample, ...]], ...]
    limit: float | None = None

    @property
    def most(self) -> float | None:
        """The highest sample of any instance."""
        return max((each.value for each in self._samples()), default=None)

    @property
    def now(self) -> float | None:
        """The highest of the latest samples: that of the instance with the least to spare."""
        lasts = (samples[-1].value for _, samples in self.instances if samples)
        return max(lasts, default=None)

    def share(self, value: float | None) -> float | None:
        """Of the limit; None where one of them is not known."""
        return value / self.limit if self.limit and value is not None else None

    def curve(self) -> tuple[Sample, ...]:
        """The highest sample of any instance at each time."""
        by_time: dict[datetime, float] = {}
        for each in self._samples():
            by_time[each.at] = max(each.value, by_time.get(each.at, each.value))
        return tuple(Sample(at, by_time[at]) for at in sorted(by_time))

    def _samples(self) -> Iterable[Sample]:
        return (each for _, samples in self.instances for each in samples)


@dataclass(frozen=True, slots=True)
class Gauges:
    """What one service used from `start` to `end`; of `count` the samples are instances."""

    service: Service
    start: datetime
    end: datetime
    cpu: Gauge
    memory: Gauge
    count: Gauge


async def read_gauges(
    api: RenderApi, service: Service, now: datetime, *, minutes: int = 60
) -> Gauges:
    """The last minutes before `now`, which is by Render's clock. Raises what `RenderApi` raises."""
    start = now - timedelta(minutes=minutes)
    every_s = max(30, minutes * 60 // POINTS)

    async def read(name: Metric) -> tuple[Series, ...]:
        return await api.metric(name, service, start, now, every_s)

    return Gauges(
        service,
        start,
        now,
        _gauge(await read("cpu"), await read("cpu-limit")),
        _gauge(await read("memory"), await read("memory-limit")),
        _gauge(await read("instance-count"), ()),
    )


def size_in_bytes(value: float, unit: str) -> float | None:
    """A size in Render's unit as bytes; None for a unit that nobody knows yet."""
    times = _SIZES.get(unit.strip().lower())
    return None if times is None else value * times


def _gauge(used: Iterable[Series], allowed: Iterable[Series]) -> Gauge:
    used = tuple(used)
    last = max(
        (each for series in allowed for each in series.samples),
        key=lambda each: each.at,
        default=None,
    )
    return Gauge(
        next((series.unit for series in used), ""),
        tuple((_instance(series), _in_order(series.samples)) for series in used),
        None if last is None else last.value,
    )


def _instance(series: Series) -> str:
    labels = dict(series.labels)
    return labels.get("instance") or next(iter(labels.values()), "")


def _in_order(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    return tuple(sorted(samples, key=lambda each: each.at))

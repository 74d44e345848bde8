"""Numbers over time, as Render's metrics tell them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from core.render.api.lenient import Json, moment, number, tables, text


@dataclass(frozen=True, slots=True)
class Sample:
    """A value of a metric at a time."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """A metric over time; `labels` say of what, such as the instance."""

    labels: tuple[tuple[str, str], ...]
    unit: str
    samples: tuple[Sample, ...]

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        points = (
            (moment(each, "timestamp"), number(each, "value")) for each in tables(of.get("values"))
        )
        return cls(
            labels=tuple(
                (text(each, "field"), text(each, "value")) for each in tables(of.get("labels"))
            ),
            unit=text(of, "unit"),
            samples=tuple(
                Sample(at, value) for at, value in points if at is not None and value is not None
            ),
        )

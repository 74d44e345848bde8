"""What a benchmark found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Bar:
    """A ratio of two medians, and what it is to reach."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it is reached."""
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )

    def __str__(self) -> str:
        bars = [f">= {self.least:g}"] if self.least is not None else []
        bars += [f"<= {self.most:g}"] if self.most is not None else []
        verdict = f" ({' and '.join(bars)}: {'yes' if self.holds else 'NO'})" if bars else ""
        return f"{self.name}: {self.value:.3f}{verdict}"


@dataclass(frozen=True)
class Outcome:
    """`samples` by contender, in `unit`, in the order in which they were taken."""

    title: str
    unit: str
    samples: Mapping[str, Sequence[float]]
    bars: Sequence[Bar] = field(default_factory=tuple)

    def median(self, contender: str) -> float:
        """The middle of its samples."""
        return median(self.samples[contender])

    def as_table(self) -> str:
        """For people."""
        width = max(len(name) for name in self.samples)
        lines = [f"{self.title} ({self.unit}; median, least, most)"]
        for name, values in self.samples.items():
            row = f"{self.median(name):10.3f} {min(values):10.3f} {max(values):10.3f}"
            lines.append(f"  {name:<{width}} {row}")
        return "\n".join([*lines, *(f"  {bar}" for bar in self.bars)])

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "unit": self.unit,
            "samples": {name: list(values) for name, values in self.samples.items()},
            "ratios": {bar.name: {"value": bar.value, "holds": bar.holds} for bar in self.bars},
        }

"""What a service used, as drawings and as words."""

from collections.abc import Callable
from typing import Final

from core.render.plans import MB
from core.render.remote.gauges import Gauge, Gauges, size_in_bytes
from desktop.deploy.choice_form import memory_told
from desktop.render.line_chart import Curve, Drawing

HEADROOM: Final = 1.1
"""The upper end over the highest value."""
PROCESSORS: Final = frozenset({"", "cpu", "cpus", "core", "cores", "vcpu"})


def memory(gauges: Gauges) -> tuple[Drawing, str]:
    """Of each instance, below the limit of its plan."""
    unit = gauges.memory.unit

    def tell(value: float) -> str:
        size = size_in_bytes(value, unit)
        return f"{value:,.0f} {unit}".rstrip() if size is None else memory_told(_whole_mb(size))

    return _drawing(gauges, gauges.memory, tell), _words("Memory", gauges, gauges.memory, tell)


def cpu(gauges: Gauges) -> tuple[Drawing, str]:
    """Of each instance, below the limit of its plan."""
    unit = gauges.cpu.unit
    shown = "CPU" if unit.strip().lower() in PROCESSORS else unit

    def tell(value: float) -> str:
        return f"{value:.2g} {shown}"

    return _drawing(gauges, gauges.cpu, tell), _words("CPU", gauges, gauges.cpu, tell)


def instances(gauges: Gauges) -> tuple[Drawing, str]:
    """How many there were; a number holds until the next one."""

    def tell(value: float) -> str:
        return f"{value:g}"

    drawing = _drawing(gauges, gauges.count, tell, steps=True)
    return drawing, _words("Instances", gauges, gauges.count, tell)


def _whole_mb(size: float) -> int:
    return round(size / MB) * MB


def _drawing(
    gauges: Gauges, gauge: Gauge, tell: Callable[[float], str], *, steps: bool = False
) -> Drawing:
    curves = tuple(Curve(name, samples, steps) for name, samples in gauge.instances)
    highest = max(gauge.most or 0.0, gauge.limit or 0.0)
    most = (highest or 1.0) * HEADROOM
    if steps:  # whole numbers, an even one at the top, so that the middle is one too
        most = max(2.0, 2.0 * -(-highest // 2))
    return Drawing(curves, gauges.start, gauges.end, most, tell, gauge.limit)


def _words(name: str, gauges: Gauges, gauge: Gauge, tell: Callable[[float], str]) -> str:
    now, most = gauge.now, gauge.most
    if now is None or most is None:
        return f"{name}: Render has no samples yet"
    minutes = round((gauges.end - gauges.start).total_seconds() / 60)
    said = f"{name}: now {tell(now)}, at most {tell(most)} in the last {minutes} min"
    share = gauge.share(most)
    if share is not None and gauge.limit is not None:
        said += f", {share:.0%} of the limit of {tell(gauge.limit)}"
    return said

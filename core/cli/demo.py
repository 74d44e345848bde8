"""What `solofleet demo` sends: one of each of the demo's tasks that succeed, over and over."""

from itertools import cycle, islice
from typing import Any, Final

from core.tasks.call import TaskCall

_TASKS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("report", {"pages": 3, "seconds_per_page": 0.3}),
    ("add", {"x": 1, "y": 2}),
    ("count_primes", {"below": 50_000}),
    ("print_colours", {}),
    ("fetch", {"failures": 1, "countdown": 0.5}),
    ("fill_memory", {"megabytes": 50, "seconds": 0.5}),
)


def demo_calls(count: int) -> tuple[TaskCall, ...]:
    """`count` calls, in turn slow, quick, busy, colourful, flaky and hungry."""
    return tuple(
        TaskCall(task=f"celery_queue.tasks.{name}", args=(), kwargs=kwargs)
        for name, kwargs in islice(cycle(_TASKS), count)
    )

"""0.25-s tasks: N workers of a fleet beside prefork with N processes."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.load import celery_worker, drain_s, fleet_drain_s, interleaved, prepare
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server

NAP_S = 0.25
PER_SLOT = 8
SIZES = (1, 2, 4, 8)
ROUNDS = 5


def measure() -> Outcome:
    """Tasks per second of each, for each N."""
    with running_server(Path(tempfile.mkdtemp())) as server:
        contenders: dict[str, tuple[int, Callable[[], float]]] = {}
        for size in SIZES:
            contenders[f"fleet of {size}"] = (
                size,
                lambda size=size: fleet_drain_s(server, size),
            )
            contenders[f"prefork -c {size}"] = (size, lambda size=size: _prefork(server, size))
        samples: dict[str, list[float]] = {name: [] for name in contenders}
        for name in interleaved(contenders, ROUNDS):
            size, run = contenders[name]
            prepare(server, "nap", size * PER_SLOT, NAP_S)
            samples[name].append(size * PER_SLOT / run())
    outcome = Outcome("0.25-s tasks", "tasks/s", samples)
    bars = [
        Bar(
            f"N = {size}",
            outcome.median(f"fleet of {size}") / outcome.median(f"prefork -c {size}"),
            least=0.97,
        )
        for size in SIZES
    ]
    return Outcome(outcome.title, outcome.unit, samples, bars)


def _prefork(server: Server, size: int) -> float:
    with celery_worker(server, "--pool=prefork", "-c", str(size), "--prefetch-multiplier=1"):
        return drain_s(server)

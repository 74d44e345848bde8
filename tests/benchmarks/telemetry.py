"""No-op tasks per second: a fleet worker with telemetry beside a plain solo worker.

Without and with `-E`, which is what others need to see the same. The fleet worker's log and
telemetry are read as Solofleet reads them.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.load import celery_worker, drain_s, fleet_drain_s, interleaved, prepare
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server

TASKS = 4000
ROUNDS = 7


def measure() -> Outcome:
    """Tasks per second of each."""
    with running_server(Path(tempfile.mkdtemp())) as server:
        contenders: dict[str, Callable[[], float]] = {
            "fleet worker": lambda: fleet_drain_s(server, 1),
            "plain solo": lambda: _plain(server),
            "plain solo -E": lambda: _plain(server, "-E"),
        }
        samples: dict[str, list[float]] = {name: [] for name in contenders}
        for name in interleaved(contenders, ROUNDS):
            prepare(server, "noop", TASKS)
            samples[name].append(TASKS / contenders[name]())
    outcome = Outcome("no-op tasks", "tasks/s", samples)
    own = outcome.median("fleet worker")
    bars = (
        Bar("of a plain solo worker", own / outcome.median("plain solo"), least=0.95),
        Bar("of one with -E", own / outcome.median("plain solo -E"), least=1.3),
    )
    return Outcome(outcome.title, outcome.unit, samples, bars)


def _plain(server: Server, *options: str) -> float:
    with celery_worker(server, "--pool=solo", *options):
        return drain_s(server)

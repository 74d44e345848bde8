"""No-op tasks per second: a fleet worker with telemetry beside a plain solo worker.

Without and with `-E`, which is what others need to see the same. What they print is read alike and
thrown away: that is the worker's cost. The whole of Solofleet beside its one worker is measured
too; on two processors it takes time from the worker and the broker, so it has no bar of its own
here (`ingest` has).
"""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.benchmarks.load import (
    celery_worker,
    drain_s,
    fleet_drain_s,
    fleet_worker,
    interleaved,
    prepare,
)
from tests.benchmarks.outcome import Bar, Outcome
from tests.support.broker import Server, running_server

TASKS = 4000
ROUNDS = 7


def measure() -> Outcome:
    """Tasks per second of each."""
    with running_server(Path(tempfile.mkdtemp())) as server:
        contenders: dict[str, Callable[[], float]] = {
            "fleet worker": lambda: _drained_by(fleet_worker(server), server),
            "plain solo": lambda: _drained_by(celery_worker(server, "--pool=solo"), server),
            "plain solo -E": lambda: _drained_by(
                celery_worker(server, "--pool=solo", "-E"), server
            ),
            "Solofleet with one": lambda: fleet_drain_s(server, 1),
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
        Bar("with Solofleet", outcome.median("Solofleet with one") / outcome.median("plain solo")),
    )
    return Outcome(outcome.title, outcome.unit, samples, bars)


def _drained_by(worker: AbstractContextManager[object], server: Server) -> float:
    with worker:
        return drain_s(server)

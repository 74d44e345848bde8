"""How many commands Celery sends to Redis in a month.

Measured with Celery 5.7 and kombu 5.7 on a local Redis, idle for 60 s, in a month of 30 days. An
idle worker asks its broker all the time: that is most of what a small project pays for by command.
"""

from dataclasses import dataclass
from typing import Final

MINUTES: Final = 30 * 24 * 60
"""Of a month."""
SECONDS: Final = MINUTES * 60

IDLE: Final = 100
"""Commands a minute of an idle worker, prefork or solo, whatever its concurrency."""
QUIET: Final = 12
"""The same with `--without-gossip --without-mingle --without-heartbeat`, polling every 10 s."""
FLOWER: Final = 14
"""What Flower adds a minute."""
TASK: Final = 18
"""For each task with a result, sent and run."""

QUIET_HOW: Final = (
    "--without-gossip --without-mingle --without-heartbeat and"
    " broker_transport_options = {'polling_interval': 10}"
)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What asks the broker: so many workers, Flower or not, so many tasks a second.

    `quiet`: the workers run with `QUIET_HOW`.
    """

    workers: int = 1
    tasks_per_s: float = 0.0
    flower: bool = False
    quiet: bool = False

    @property
    def idle(self) -> int:
        """Commands a month without any task."""
        a_minute = self.workers * (QUIET if self.quiet else IDLE) + self.flower * FLOWER
        return a_minute * MINUTES

    @property
    def commands(self) -> int:
        """Commands a month."""
        return self.idle + round(self.tasks_per_s * SECONDS * TASK)

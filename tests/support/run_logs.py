"""The right half of the Run page on real stores, without workers that print."""

from dataclasses import dataclass, field

from core.logs.store import LogStore
from core.tasks.counts import WorkerCounts
from core.workers.phase import Stage, Worker
from desktop.run.logs import Logs
from desktop.run.worker_rows import WorkerRow
from desktop.theme.theme import Theme


@dataclass
class Fleet:
    """Stores by name, and the workers that there are."""

    stores: dict[str, LogStore] = field(default_factory=dict[str, LogStore])
    names: list[str] = field(default_factory=list[str])

    def join(self, name: str) -> None:
        """One more worker; one that was there before has its log still."""
        self.names.append(name)
        self.stores.setdefault(name, LogStore())

    def rows(self) -> list[WorkerRow]:
        """What the table says of them."""
        return [
            WorkerRow(
                number,
                Worker(name, Stage.UP, "waits for tasks", run=1),
                WorkerCounts(name, 0, 0, 0, 0, 0, 0, 0),
                "idle",
            )
            for number, name in enumerate(self.names, 1)
        ]

    def show_in(self, logs: Logs) -> None:
        """Show who there is."""
        logs.show_workers(self.rows(), frozenset(self.names))


def fleet_of(count: int) -> Fleet:
    """So many workers, which have printed nothing."""
    fleet = Fleet()
    for number in range(1, count + 1):
        fleet.join(f"worker{number}@box")
    return fleet


def logs_of(theme: Theme, fleet: Fleet) -> Logs:
    """Their logs, shown."""
    logs = Logs(theme, fleet.stores.__getitem__)
    fleet.show_in(logs)
    return logs

"""Which worker belongs to which group, and who comes and goes when a group is scaled."""

from collections.abc import Collection, Sequence

from core.errors import USAGE, FleetError
from core.groups import WorkerGroup, group_named
from core.settings import MAX_WORKERS
from core.workers.size import joining, leaving
from core.workers.spec import WorkerSpec
from core.workers.supervisor import Supervisor


class Roster:
    """Adds the workers of `groups` to the supervisor; `project` is how the project's app is run."""

    def __init__(
        self, groups: Sequence[WorkerGroup], project: WorkerSpec, supervisor: Supervisor
    ) -> None:
        self._groups = groups
        self._supervisor = supervisor
        self._specs = {group.name: group.spec(project) for group in groups}
        self._group_of: dict[str, WorkerGroup] = {}
        for group in groups:
            for name in group.nodes:
                self._add(name, group)

    def command(self, name: str) -> tuple[str, ...]:
        """The literal command that stands for a worker, as one would type it."""
        return self._specs[self._group_of[name].name].command(name)

    def scale(
        self, count: int, group: str | None, foreign: Collection[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is to leave so that `count` stay in a group, and whom we added, to be started.

        `foreign` are names that are somebody else's. Raises FleetError when there is no such
        group, or none is named and there are several, and for more than a machine gets.
        """
        scaled = group_named(self._groups, group)
        everybody = self._supervisor.workers
        workers = [worker for worker in everybody if self._group_of[worker.name] is scaled]
        if (total := len(everybody) - len(workers) + count) > MAX_WORKERS:
            raise FleetError(
                f"{total} workers are not started",
                f"one machine gets {MAX_WORKERS} at most",
                "ask for fewer",
                exit_code=USAGE,
            )
        taken = {worker.name for worker in everybody} | set(foreign)
        added = joining(workers, count, scaled.names, taken)
        for name in added:
            self._add(name, scaled)
        return leaving(workers, count), added

    def _add(self, name: str, group: WorkerGroup) -> None:
        self._group_of[name] = group
        self._supervisor.add(name, self._specs[group.name])

"""Who joins and who leaves when the number of workers is to change."""

from collections.abc import Callable, Collection, Sequence

from core.workers.phase import Then, Worker


def staying(workers: Sequence[Worker]) -> tuple[Worker, ...]:
    """Those that are not on their way out of the fleet."""
    return tuple(worker for worker in workers if worker.then is not Then.REMOVE)


def leaving(workers: Sequence[Worker], count: int) -> tuple[str, ...]:
    """The names to remove so that `count` stay: workers at rest first, then idle ones."""
    keep_first = sorted(
        staying(workers), key=lambda worker: (worker.task is None, not worker.alive)
    )
    return tuple(worker.name for worker in keep_first[count:])


def joining(
    workers: Sequence[Worker],
    count: int,
    names: Callable[[int], Sequence[str]],
    foreign: Collection[str] = (),
) -> tuple[str, ...]:
    """The names to add so that there are `count`: the first of `names` that nobody has.

    `names` gives so many node names, `foreign` are those of workers that are not ours.
    """
    taken = {worker.name for worker in workers} | set(foreign)
    free = [name for name in names(count + len(taken)) if name not in taken]
    return tuple(free[: max(0, count - len(staying(workers)))])

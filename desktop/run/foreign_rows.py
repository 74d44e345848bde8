"""Workers of others as lines of the table: who they are, what they do, what they take."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from core.workers.foreign import Foreign, Presence
from desktop.theme.looks import FOREIGN, Look

UNWATCHED: Final = "answered when we came; nobody watches it"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above others of another kind; `alarming`: what it says more is a warning."""

    name: str
    more: str = ""
    alarming: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        return f"{self.name}. {self.more}".strip()


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One worker of others. `done` and `failed` are None where nobody can know them."""

    node: str
    detail: str
    done: int | None = None
    failed: int | None = None

    @property
    def name(self) -> str:
        """The name without the host, which `detail` says."""
        return self.node.partition("@")[0]

    @property
    def look(self) -> Look:
        """That it is not ours."""
        return FOREIGN

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        counts = "" if self.done is None else f"; {self.done} done, {self.failed} failed"
        return f"{self.name}: {FOREIGN.label}, {self.detail}{counts}"


def foreign_rows(
    heard: Sequence[Foreign], names: Collection[str], now: float, clock: float
) -> list[ForeignRow]:
    """A row for each that was `heard`, and for each of the `names` that was not.

    `now` is in our monotonic seconds, `clock` in Unix seconds.
    """
    rows = [_row(worker, now, clock) for worker in heard]
    silent = sorted(set(names) - {worker.name for worker in heard})
    return rows + [ForeignRow(name, f"{_host(name)}{UNWATCHED}") for name in silent]


def foreign_lines(
    rows: Sequence[ForeignRow], shared: Collection[str]
) -> list[Heading | ForeignRow]:
    """The rows under a heading; `shared` are queues from which we take and they do, too."""
    if not rows:
        return []
    many = f"{len(rows)} worker{'' if len(rows) == 1 else 's'}"
    if shared:
        takes = "it takes" if len(rows) == 1 else "they take"
        more = f"{takes} from {', '.join(sorted(shared))} too: your tasks may go there"
    else:
        more = "seen through the broker; others start and stop them"
    return [Heading(f"Not ours: {many}", more, alarming=bool(shared)), *rows]


def _row(worker: Foreign, now: float, clock: float) -> ForeignRow:
    words = f"{_host(worker.name)}{_doing(worker, now, clock)}"
    if worker.missed:
        words += f"; {worker.missed} events missed"
    if worker.events is False:
        return ForeignRow(worker.name, words)
    return ForeignRow(worker.name, words, worker.digest.succeeded, worker.digest.failed)


def _host(name: str) -> str:
    host = name.partition("@")[2]
    return f"on {host}: " if host else ""


def _doing(worker: Foreign, now: float, clock: float) -> str:
    if worker.presence is not Presence.ONLINE:
        return f"{worker.presence.value}, {worker.evidence(now)}"
    if worker.digest.now:
        task = worker.digest.now[0]
        more = f" and {worker.digest.running - 1} more" if worker.digest.running > 1 else ""
        return f"{task.name or task.id[:8]}, {max(0, int(clock - task.at))} s{more}"
    begun = f", {worker.processed} tasks begun" if worker.processed else ""
    without = f"{begun}; without -E it tells no more" if worker.events is False else ""
    if worker.active:
        return f"runs {worker.active} task{'' if worker.active == 1 else 's'}{without}"
    return f"idle{without}"

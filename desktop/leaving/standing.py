"""How many workers run, and what with: what whoever closes the window should know."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.workers.phase import Worker, describe
from desktop.run.facts import span
from desktop.theme.looks import WORKER, Look


@dataclass(frozen=True, slots=True)
class Line:
    """One that runs: its place in the table from 1, its short name, its state, what it does."""

    number: int
    name: str
    look: Look
    detail: str


def running(everybody: Sequence[Worker]) -> int:
    """How many have a process, or are about to have one."""
    return sum(_there(each) for each in everybody)


def headline(everybody: Sequence[Worker], rows: int) -> str:
    """How many run; `rows` of them, at the end, are commands beside the workers."""
    split = len(everybody) - rows
    counted = ((everybody[:split], "worker"), (everybody[split:], "command"))
    words = [_number(running(some), word) for some, word in counted if running(some)]
    return f"{' and '.join(words)} {'is' if running(everybody) == 1 else 'are'} running"


def busy(everybody: Sequence[Worker], now: float) -> tuple[Line, ...]:
    """Those that have a task, with its name and how long it has run."""
    return tuple(
        Line(number, _short(each), WORKER[each.phase], f"{task.name}, {span(now - task.since)}")
        for number, each in enumerate(everybody, 1)
        if (task := each.task) is not None
    )


def leaving(everybody: Sequence[Worker], now: float) -> tuple[Line, ...]:
    """Those that are not gone yet, with what they wait for and when they are forced."""
    return tuple(
        Line(number, _short(each), WORKER[each.phase], describe(each, now))
        for number, each in enumerate(everybody, 1)
        if _there(each)
    )


def _there(worker: Worker) -> bool:
    return worker.alive or worker.wake_at is not None


def _short(worker: Worker) -> str:
    return worker.name.partition("@")[0]


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"

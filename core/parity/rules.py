"""Where solo and prefork differ, and what each mode makes of it.

The facts behind the rows were measured side by side (`docs/parity.md` is generated from such runs).
"""

from dataclasses import dataclass
from typing import Final

from core.workers.mode import Mode


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: what it is about, and what happens in production and in each mode here."""

    about: str
    production: str
    fleet: str
    plain: str
    prefork: str

    def here(self, mode: Mode) -> str:
        """What happens in this mode."""
        return {Mode.FLEET: self.fleet, Mode.PLAIN: self.plain, Mode.PREFORK: self.prefork}[mode]


SAME: Final = "as production"

RULES: Final = (
    Rule(
        "soft_time_limit",
        "SoftTimeLimitExceeded in the task",
        "as production; on Windows it reaches Python code and time.sleep only",
        "ignored",
        "as production; on Windows ignored",
    ),
    Rule("time_limit", "the process is killed and replaced", SAME, "ignored", SAME),
    Rule("revoke(terminate=True)", "the process is ended and replaced", SAME, "ignored", SAME),
    Rule(
        "a task that ends its process",
        "WorkerLostError, the process is replaced",
        SAME,
        "the worker is gone; the result stays PENDING",
        SAME,
    ),
    Rule("max_tasks_per_child", "the process is replaced", SAME, "ignored", SAME),
    Rule("max_memory_per_child", "the process is replaced", SAME, "ignored", SAME),
    Rule(
        "prefetch",
        "each process has worker_prefetch_multiplier messages waiting behind it",
        "none are taken ahead; as production with --hoard",
        "none are taken ahead",
        SAME,
    ),
    Rule(
        "multiprocessing in a task",
        "daemonic processes are not allowed to have children",
        "works; refused with --daemonic",
        "works",
        SAME,
    ),
    Rule(
        "import time",
        "once in the parent; connections, locks and threads are shared by fork",
        "once in each worker, nothing is shared",
        "once in each worker, nothing is shared",
        "as production; on Windows once in each process",
    ),
    Rule(
        "memory",
        "children share what the parent imported",
        "each worker has its own copy",
        "each worker has its own copy",
        "as production; on Windows each process has its own copy",
    ),
    Rule(
        "remote control while busy",
        "answers at once",
        SAME,
        "no answer until the task is over",
        SAME,
    ),
    Rule(
        "rate_limit",
        "for all processes of a worker together",
        "shared out evenly among the fleet",
        "for each worker: N times as much in all",
        SAME,
    ),
    Rule(
        "broker lost with acks_late tasks running",
        "the worker may stop with an error and must be restarted",
        "connects again",
        "connects again",
        SAME,
    ),
    Rule("files", "Linux: case-sensitive names, /, UTF-8", *["this machine's"] * 3),
)

"""What programs said last, in a few words, and what mends it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from core.render.proving.event import StepEnded
from core.workers.cause import likely_cause

FATES: Final[Mapping[str, str]] = {
    "SUCCESS": "the task ended first",
    "waiting": "the task is back in the queue",
    "out": "the task is held as taken until the visibility timeout, an hour by default",
    "lost": "the task is lost",
}
"""What became of a task."""
_TELLING: Final = re.compile(
    r"error|failed|not found|no such|cannot|denied|×|refused", re.IGNORECASE
)
_LONGEST: Final = 160


def telling(lines: Iterable[str]) -> str:
    """The line that says most, else the last one."""
    lines = [line.strip() for line in lines if line.strip()]
    if not lines:
        return "it said nothing"
    found = likely_cause(lines) or next(filter(_TELLING.search, reversed(lines)), lines[-1])
    return found if len(found) <= _LONGEST else f"{found[:_LONGEST]}…"


def ending(ended: StepEnded) -> str:
    """How a step ended that failed."""
    facts = ended.facts
    if "missing" in facts:
        return f"the commit has no folder {facts['missing']}"
    how = "it failed"
    if facts.get("overdue") is not None:
        how = f"it was not over within {facts['overdue']:g} s"
    elif facts.get("code") is not None:
        code = facts["code"]
        how = f"signal {-code} ended it" if code < 0 else f"it ended with exit code {code}"
    return f"{how}: {telling(ended.lines)}"


def is_literal(url: str) -> bool:
    """Whether an address is made of a reference that nobody expanded."""
    return re.search(r"%24|%7B|\$|\{|%\w+%", url, re.IGNORECASE) is not None


def is_default(url: str) -> bool:
    """Whether it is what Celery takes where nothing is said."""
    return re.match(r"amqp://guest:[^@]*@localhost(?::5672)?/", url) is not None


def mending_import(why: str) -> str:
    """What helps against an import that failed."""
    if "ModuleNotFoundError" in why:
        return "add the package that has it to the list, or commit its file"
    if found := re.search(r"KeyError: '([A-Z][A-Z0-9_]*)'", why):
        return f"add {found[1]} to the environment group, or give it a default"
    return "mend that; Render would end with the same error"


def mending_task(error: str) -> str:
    """What helps against a task that failed."""
    if "daemonic processes" in error:
        return "use billiard, threads, or a group of tasks in place of multiprocessing"
    return "give it arguments with which it succeeds, or mend it for prefork on Linux"

"""The boxes of what runs: the worker's log, and what it takes."""

import re
from datetime import datetime
from typing import Final

from core.render.api.answers import Deploy
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, done, not_so, unknown
from core.render.checklist.words import logged, not_live, not_said, not_there

READY: Final = re.compile(r"\S+@\S+ ready\.\s*$")
RECEIVED: Final = re.compile(r"\bTask \S+\[[\w-]+\] received\b")
SUCCEEDED: Final = re.compile(r"\bTask \S+\[[\w-]+\] succeeded in\b")
"""Lines of `celery/worker/strategy.py` and `celery/app/trace.py`, the same in 5.2 to 5.7."""
MOST: Final = 0.8
"""The share of its memory that an instance may take: a fifth is kept free, as in sizing."""
_SEND: Final = "send a task: solofleet render verify"


def ready(case: Case, meant: Meant) -> Answer:
    """Whether it has said that it is ready."""
    return _said(case, meant, READY, "ready.", "give its worker --loglevel=info")


def received(case: Case, meant: Meant) -> Answer:
    """Whether it has taken a task."""
    return _said(case, meant, RECEIVED, "Task … received", _SEND)


def succeeded(case: Case, meant: Meant) -> Answer:
    """Whether it has done one."""
    return _said(case, meant, SUCCEEDED, "Task … succeeded", _SEND)


def _said(case: Case, meant: Meant, pattern: re.Pattern[str], what: str, tells: str) -> Answer:
    if (there := meant.there) is None:
        return not_there(case, meant)
    if there.live is None:
        return not_live(meant)
    found = logged(there, pattern)
    return not_said(there, what, tells) if found is None else done(found)


def usage(case: Case, meant: Meant) -> Answer:
    """Whether it has room in its plan, and was not killed for want of memory."""
    if (there := meant.there) is None:
        return not_there(case, meant)
    if (live := there.live) is None:
        return not_live(meant)
    name = meant.service.name
    if there.killed:
        why = f"{name} was killed for want of memory, {len(there.killed)} times since {live.id}"
        return not_so(why, "solofleet size", _of(why, there.killed[-1], live))
    used = there.usage
    if used is None or used.memory is None:
        return unknown(f"Render has no metrics of {name} yet", "look again in some minutes")
    words = f"{name} took at most {used.memory:.0%} of its memory"
    words += "" if used.cpu is None else f" and {used.cpu:.0%} of its CPU"
    shown = _of(f"{words} since {live.id}", used.at, live)
    return done(shown) if used.memory <= MOST else not_so(words, "solofleet size", shown)


def _of(words: str, at: datetime, live: Deploy) -> Evidence:
    return Evidence(Source.API, words, at=at, commit=live.commit, deploy=live.id)

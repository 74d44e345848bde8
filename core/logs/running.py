"""Which task a solo worker's log says it runs.

A plain worker on Celery's hub loop tells nobody else: it publishes the events of a task when that
has ended. Killed before, it leaves this one trace.
"""

import re
from collections.abc import Sequence
from typing import Final

# `Task NAME[ID] received`, `Task NAME[ID] succeeded in ...`, and other ends: celery/app/trace.py,
# LOG_RECEIVED and the ones below it (5.2 to 5.7)
_SAYING: Final = re.compile(r"\] Task (?P<name>\S+)\[(?P<id>[^\s\]]+)\] (?P<what>\w+)")


def running_task(lines: Sequence[str]) -> tuple[str, str] | None:
    """Id and name of the task that was received last, unless the log tells its end.

    None, too, for a log that does not look like Celery's own.
    """
    for line in reversed(lines):
        if "] Task " in line and (saying := _SAYING.search(line)):
            return (saying["id"], saying["name"]) if saying["what"] == "received" else None
    return None

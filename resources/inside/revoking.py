"""The tasks that are not to run: what prefork's parent remembers for as long as it lives.

A worker of the fleet may be replaced at any time, and only those that run hear of a revoke. So
each tells Solofleet what it hears, and Solofleet tells it to the others, and to those that come.
Standard library and Celery only, Python 3.8.
"""

import functools
import time

from celery.worker import state
from celery.worker.control import Panel

#: The remote control commands that add to what is revoked.
COMMANDS = ("revoke", "revoke_by_stamped_headers", "terminate")

#: Celery 5.7 lets a worker that does not have a task write "revoked" as its result. In a fleet the
#: one that runs it, and may write "terminated", goes first by so many seconds.
PRECEDENCE_S = 0.1


def listen(say):
    """Call `say(ids, stamps)` whenever a remote control command has revoked something."""
    for name in COMMANDS:
        if name in Panel.data:
            Panel.data[name] = _told(Panel.data[name], say)


def learn(ids, stamps):
    """Take over what others were told: `stamps` are lists of values by header name."""
    state.revoked.update(ids)
    known = getattr(state, "revoked_stamps", {})  # Celery >= 5.3
    for header, values in stamps.items():
        held = _listed(known.get(header))
        known[header] = held + [value for value in values if value not in held]


def _told(command, say):
    @functools.wraps(command)
    def carried_out(panel_state, *args, **kwargs):
        ids = [str(id_) for id_ in _listed(kwargs.get("task_id"))]
        if ids and not any(id_ in state.requests for id_ in ids):
            time.sleep(PRECEDENCE_S)
        try:
            return command(panel_state, *args, **kwargs)
        finally:
            headers = kwargs.get("headers") or {}
            if isinstance(headers, list):  # as the command line gives them
                headers = dict(header.split("=", 1) for header in headers)
            stamps = {header: _listed(values) for header, values in headers.items()}
            say(ids, stamps)

    return carried_out


def _listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple, set)) else [value]

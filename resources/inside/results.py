"""What the result backend knows of tasks, without an AsyncResult.

Standard library and Celery only, Python 3.8.
"""

from celery import states
from celery.backends.base import DisabledBackend
from solofleet_inside.report import bounded

TRACEBACK_LIMIT = 20000


def known(app, ids, final=False):
    """`{id: {"state", "result", "traceback"}}` of those that have a state, or a final one."""
    if isinstance(app.backend, DisabledBackend):
        return {}
    found = {}
    for id_ in ids:
        meta = app.backend.get_task_meta(id_)
        wanted = states.READY_STATES if final else states.ALL_STATES - {states.PENDING}
        if meta["status"] in wanted:
            traceback = meta.get("traceback")
            found[id_] = {
                "state": meta["status"],
                "result": bounded(meta.get("result")),
                "traceback": traceback and str(traceback)[-TRACEBACK_LIMIT:],
            }
    return found

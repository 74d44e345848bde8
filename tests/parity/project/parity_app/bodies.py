"""The body of every task: it notes how far it came."""

import functools

from parity_app.notes import note


def noted(act):
    """The act, with notes: begin, then end or what it raised, and whether `finally` ran."""

    @functools.wraps(act)
    def body(task, *args, **kwargs):
        request = task.request
        redelivered = bool((request.delivery_info or {}).get("redelivered"))
        note("run", "begin", request.id, retries=request.retries, redelivered=redelivered)
        try:
            value = act(task, *args, **kwargs)
        except BaseException as error:
            note("run", "raised " + type(error).__name__, request.id)
            raise
        else:
            note("run", "end", request.id)
            return value
        finally:
            note("run", "finally", request.id)

    return body

"""Runs what another strategy than Celery's own hands to the pool: many messages as one, say.

`celery-batches` does so. No `Request` is behind such a call, so no time limit is kept and nothing
can be terminated, as with Celery's own solo pool. Which messages it is about is looked for among
its arguments. Standard library and Celery only, Python 3.8.
"""

from celery.concurrency.base import apply_target
from celery.worker.request import Request

#: Lists within lists that are looked into.
DEPTH = 3


def request_of(callback):
    """The request that a pool's callback belongs to; None where another strategy made it."""
    request = getattr(callback, "__self__", None)
    return request if isinstance(request, Request) else None


def run(report, target, args, kwargs, callback, accept_callback):
    """As `TaskPool.on_apply` of Celery's solo pool, and tell of the messages that are known."""
    requests = list(_requests(args, DEPTH))
    for request in requests:
        report.started(request, None)
    apply_target(target, args, kwargs, callback or _nothing, accept_callback)
    for request in requests:
        report.ran_along(request)


def _nothing(*_):
    """Nobody wants to hear."""


def _requests(values, depth):
    for value in values:
        if isinstance(value, (list, tuple)):
            if depth:
                for request in _requests(value, depth - 1):
                    yield request
        elif getattr(value, "id", None) and isinstance(getattr(value, "name", None), str):
            yield value

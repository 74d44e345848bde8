"""Sends tasks, as the web server of a user would: by name, through a plain Celery app."""

from typing import Any

from celery import Celery
from celery.backends.redis import RedisBackend


class Quiet(RedisBackend):
    """Results are read from Redis itself, so that none is subscribed to."""

    def on_task_call(self, *_: Any, **__: Any) -> None:
        pass

    def remove_pending_result(self, *_: Any, **__: Any) -> None:
        pass


def client_app(url: str) -> Celery:
    """An app that is the current one of this thread; close it at the end."""
    return Celery("parity", broker=url, backend=f"{__name__}.Quiet+{url}")

"""Workers that print without a pause, and a task to send in bursts."""

import logging
import threading
import time

from celery import Celery
from celery.signals import worker_ready

LINES_PER_S = 250
PAUSE_S = 0.1
AT_ONCE = 200_000
"""Lines that a log holds (`core.logs.store.MAX_LINES`): printed first, without a pause."""

app = Celery("soak_app")
app.conf.broker_connection_retry_on_startup = True
log = logging.getLogger("soak")


@app.task
def step() -> int:
    time.sleep(0.02)
    return 1


@worker_ready.connect
def chatter(**_: object) -> None:
    threading.Thread(target=_print_on, daemon=True).start()


def _print_on() -> None:
    for count in range(AT_ONCE):
        _print(count)
    count, due = AT_ONCE, time.monotonic()
    while True:
        for _ in range(int(LINES_PER_S * PAUSE_S)):
            count += 1
            _print(count)
        due += PAUSE_S
        time.sleep(max(0.0, due - time.monotonic()))


def _print(count: int) -> None:
    log.warning("order %d: %d items priced in %.3f s", count, count % 7, count % 13 / 100)

"""Celery's solo pool, made to answer while busy, to report, to stop between two tasks.

The module's name shows in Celery's banner: `concurrency: 1 (fleet)`.
Standard library and Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import threading
import time
from collections import deque

from billiard.einfo import ExceptionInfo
from celery.concurrency.base import apply_target
from celery.concurrency.solo import TaskPool
from celery.exceptions import WorkerShutdown, WorkerTerminate
from celery.utils.log import get_logger

logger = get_logger(__name__)

#: Seconds until remote control is tried again when only its own connection broke.
RETRY_CONTROL_S = 1.0


class FleetPool(TaskPool):
    """One task at a time, in the main thread.

    `is_green` and `spawn_n` make Celery serve remote control from a thread of its own
    (`celery/worker/pidbox.py`, gPidbox), so that a busy worker answers ping, inspect and revoke.
    The launcher hands over a subclass that has `report` set; `FleetConsumer` sets `consumer`.
    """

    is_green = True
    report = None
    consumer = None

    def __init__(self, *args, **kwargs):
        super(FleetPool, self).__init__(*args, **kwargs)
        self.on_apply = self._apply
        self.stopping = threading.Event()
        self.spent_tags = deque(maxlen=100)  # the last of them may wait for their ack
        self._main = threading.get_ident()

    def spawn_n(self, serve, *args):
        """Run Celery's remote control loop in a thread, in place of an earlier one."""
        self._control = threading.Thread(
            target=self._serve_control, args=(serve, *args), name="remote-control", daemon=True
        )
        self._control.start()

    def _serve_control(self, serve, *args):
        box = getattr(serve, "__self__", None)
        while self._control is threading.current_thread() and not self.stopping.is_set():
            try:
                return serve(*args)
            except (WorkerShutdown, WorkerTerminate):
                # control.shutdown: raised in this thread it would die unheard.
                return self.consumer.stop_soon("control.shutdown")
            except Exception as error:
                logger.debug("Remote control lost its connection: %r", error)
            self.stopping.wait(RETRY_CONTROL_S)
            if getattr(box, "_node_stopped", None) is None:
                return None  # the worker closed it itself and starts another
        return None

    def _apply(self, target, args=None, kwargs=None, **options):
        if threading.get_ident() == self._main:
            self._run(target, args, kwargs, **options)
        else:
            # On the Windows loop an ETA task fires in the timer's thread, beside a running one.
            self.consumer.call_soon(self._run, target, args, kwargs, **options)

    def _run(self, target, args, kwargs, callback=None, **options):
        request = callback.__self__
        if self.stopping.is_set():
            return  # not acknowledged, so it goes back to the queue when the connection closes
        self.report.started(request)
        started = time.monotonic()
        once = not request.task.acks_late
        if once:  # its message is spent, though the ack may wait until the task is over
            self.spent_tags.append(request.message.delivery_tag)

        def ended(outcome, **extra):
            callback(outcome, **extra)
            if not once:
                self.spent_tags.append(request.message.delivery_tag)
            self.report.ended(request, outcome, time.monotonic() - started)

        try:
            apply_target(target, args, kwargs, callback=ended, **options)
        except Exception:
            # The backend is away, and Celery gives up on the result. A late task runs again.
            if once:
                outcome = (True, ExceptionInfo(), None)
                self.report.ended(request, outcome, time.monotonic() - started)
            raise

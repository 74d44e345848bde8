"""Celery's solo pool, made to keep prefork's rules.

It answers while busy, reports, stops between two tasks, and does to the running task what
prefork's parent does to that of a child: time limits, terminate, a task that ends its process,
recycling. Where a child of prefork would go, this process goes, and Solofleet replaces it.

The module's name shows in Celery's banner: `concurrency: 1 (fleet)`.
Standard library and Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import os
import threading
import time
from collections import deque

import billiard
from billiard.einfo import ExceptionInfo
from celery import signals
from celery.concurrency.solo import TaskPool
from celery.exceptions import WorkerShutdown, WorkerTerminate
from celery.utils.log import get_logger
from solofleet_inside import batches
from solofleet_inside.callbacks import as_prefork_sees, cause, ends_process, safely
from solofleet_inside.daemonic import forbid_children
from solofleet_inside.departure import Departure
from solofleet_inside.hoard import Hoard
from solofleet_inside.interrupt import Interrupt
from solofleet_inside.limits import Limits
from solofleet_inside.recycling import Recycling
from solofleet_inside.report import bounded, is_unanswered
from solofleet_inside.running import Running

logger = get_logger(__name__)

#: Seconds until remote control is tried again when only its own connection broke.
RETRY_CONTROL_S = 1.0


class FleetPool(TaskPool):
    """One task at a time, in the main thread.

    `is_green` and `spawn_n` make Celery serve remote control from a thread of its own
    (`celery/worker/pidbox.py`, gPidbox), so that a busy worker answers ping, inspect and revoke.
    The launcher hands over a subclass that has `report`, `fleet_size` and the options of
    `core/workers/spec.py` set; `FleetConsumer` sets `consumer`.
    """

    is_green = True
    report = None
    fleet_size = 1
    index = 0
    hoards = False
    daemonic = False
    consumer = None

    def __init__(self, *args, **kwargs):
        self._begin_process()
        super(FleetPool, self).__init__(*args, **kwargs)
        self.on_apply = self._apply
        self.stopping = threading.Event()
        self.spent_tags = deque(maxlen=100)  # the last of them may wait for their ack
        self._main = threading.get_ident()
        self._handed = deque()  # one entry for each task that the main thread will find
        self.running = None
        self._interrupt = Interrupt(self._strike)
        self._limits = Limits(self._interrupt.knock, self._time_out)
        self._departure = Departure(self, self._interrupt.knock)
        self._recycling = Recycling(self.options)
        self._run = Hoard(self, self._run_one).put if self.hoards else self._run_one

    def _begin_process(self):
        """What the parent and the start of a child are to the app, beside worker_process_init."""
        created = getattr(signals, "worker_before_create_process", None)
        if created is not None:
            created.send(sender=self)
        billiard.current_process().index = self.index

    def on_start(self):
        self._interrupt.install()
        if self.daemonic:
            forbid_children()

    def on_stop(self):
        """Every clean end: what a child of prefork does as its last."""
        self.leave_process(0)

    def leave_process(self, code):
        """Tell the app that this process ends."""
        initargs = self.options.get("initargs") or (None, None)
        signals.worker_process_shutdown.send(sender=initargs[1], pid=os.getpid(), exitcode=code)

    # Remote control.

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

    def answers_here(self):
        """Whether this thread may talk on the consumer's connection, now."""
        return threading.get_ident() == self._main or self._departure.begun

    def _get_info(self):
        """Celery < 5.3 does not tell which pool it is."""
        name = "%s:%s" % (type(self).__module__, type(self).__name__)
        return dict({"implementation": name}, **super(FleetPool, self)._get_info())

    # One task.

    def _apply(self, target, args=None, kwargs=None, **options):
        if threading.get_ident() == self._main:
            self._run(target, args, kwargs, **options)
        else:
            # On the Windows loop an ETA task fires in the timer's thread, beside a running one.
            self._handed.append(target)
            self.consumer.call_soon(self._run_handed, target, args, kwargs, **options)

    def _run_handed(self, *task, **options):
        self._handed.pop()
        self._run(*task, **options)

    @property
    def busy(self):
        """Whether the main thread runs a task, or is about to."""
        return self.running is not None or bool(self._handed)

    def _run_one(
        self,
        target,
        args,
        kwargs,
        callback=None,
        error_callback=None,
        accept_callback=None,
        timeout_callback=None,
        timeout=None,
        soft_timeout=None,
        **_,
    ):
        if self.stopping.is_set():
            return  # not acknowledged, so it goes back to the queue when the connection closes
        request = batches.request_of(callback)
        if request is None:
            self._run_along(target, args or (), kwargs, callback, accept_callback)
            return
        self.running = running = Running(
            request,
            error_callback,
            timeout_callback,
            timeout or self.options.get("timeout"),
            soft_timeout or self.options.get("soft_timeout"),
        )
        self.report.started(request, running.hard_s)
        if not request.task.acks_late:  # its message is spent from here on
            self.spent_tags.append(request.message.delivery_tag)
        accept_callback(os.getpid(), running.started)
        self._limits.watch(running)
        self.consumer.poll.task_begins()
        self.consumer.monitors.task_begins()
        outcome, error = self._execute(running, target, args or (), kwargs or {})
        self.consumer.poll.task_ends()
        self.running = None
        self._limits.forget()
        runtime = time.monotonic() - running.started
        if error is None:
            safely(callback, outcome)
        else:
            told = as_prefork_sees(error, request, self._recycling.done)
            safely(error_callback, told)
            outcome = (True, told, None)
        # The result could not be stored, nor the broker told: a late task runs again.
        again = error is not None and request.task.acks_late and is_unanswered(request.message)
        if request.task.acks_late and not again:
            self.spent_tags.append(request.message.delivery_tag)
        self.report.ended(request, outcome, runtime, again)
        self._recycle_if_due(error)

    def _run_along(self, *call):
        self.consumer.poll.task_begins()
        batches.run(self.report, *call)
        self.consumer.poll.task_ends()
        self._recycle_if_due(None)

    def _execute(self, running, target, args, kwargs):
        """`(what the target returned, None)`, or `(None, ExceptionInfo)`."""
        outcome = error = None
        try:
            try:
                running.inside = True
                if not running.taken:  # a terminate may have waited for it to be accepted
                    outcome = target(*args, **kwargs)
            except BaseException:  # as billiard's child does: what it means is decided below
                error = ExceptionInfo()
            ours = running.finish()
        except SystemExit:  # it was taken away between two lines of ours
            ours = False
        running.inside = False
        if not ours:  # even if it went on to its end: a child would be done for as well
            self._departure.leave(running)
        return outcome, error

    def _recycle_if_due(self, error):
        why = self._recycling.after_task()
        if error is not None and ends_process(error):
            why = "a task ended its process: %s" % bounded(cause(error))
        if why is not None:
            self.consumer.stop_soon(why, replace=True)

    # What other threads do to the running task.

    def _strike(self, frame):
        running = self.running
        if running is None or not running.taken:
            return self._limits.strike(frame)
        if not running.inside or running.unwound:
            return None
        running.unwound = True
        return SystemExit()

    def _time_out(self, running):
        """A hard limit, in the words and the order of billiard's on_hard_timeout."""
        if running.take():
            self._departure.time_out(running)

    def terminate_job(self, pid, signal=None):
        """Called by `Request.terminate`, which revokes the task as soon as this returns."""
        running = self.running
        if running is None or not running.take():
            raise RuntimeError("the task has just ended; nothing was terminated")
        self._departure.terminate(running, signal)

    def stop_cold(self):
        """Stop; a task that still runs is broken off, at once or after Celery's soft time."""
        self.consumer.stop_soon("asked, at once", cold=True)
        if self.consumer.gone.wait(self.soft_shutdown_s):
            return
        running = self.running
        if running is not None and running.take():
            self._departure.break_off(running)

    @property
    def soft_shutdown_s(self):
        """`worker_soft_shutdown_timeout` in seconds; Celery has it from 5.5 on."""
        return self.app.conf.get("worker_soft_shutdown_timeout") or 0.0

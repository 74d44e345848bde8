"""The end of this process because of its task: what prefork does to a child.

The main thread may be anywhere in the task's code. It is unwound with SystemExit, as a child is by
SIGTERM (`billiard/common.py`, _shutdown_cleanup), so that `finally` and `with` of the user's code
run; after a while the process ends whether or not it came out. Standard library and Celery only,
Python 3.8.
"""

import os
import signal
import sys
import threading
import time

from billiard.exceptions import TimeLimitExceeded
from celery import signals
from solofleet_inside.callbacks import as_info, safely

#: Seconds between SIGTERM and SIGKILL at a hard limit (`billiard/pool.py`, _trywaitkill).
TERM_S = 0.1
#: prefork waits for ever for a terminated child, whose task may swallow the SystemExit and go on.
#: On Windows most waits do not hear of it at all, and end with the process after this time.
UNWIND_S = 5.0 if sys.platform == "win32" else float("inf")
#: A cold stop does not wait for ever.
BREAK_OFF_S = 3.0
#: As long as it may take to store the result and to acknowledge.
SETTLE_S = 5.0
#: Between two tries to unwind the main thread.
AGAIN_S = 0.02

KILL = getattr(signal, "SIGKILL", 9)


class Departure(object):
    """Ends the process in order; `pool` says so, `knock()` unwinds its main thread."""

    def __init__(self, pool, knock):
        self.begun = False
        self._pool = pool
        self._knock = knock
        signals.task_revoked.connect(self._on_revoked, weak=False)

    def time_out(self, running):
        """The task, already taken, has passed its hard limit."""
        request, limit = running.request, running.hard_s
        self._begin("time limit of %g s exceeded by %s" % (limit, request.name))
        error = as_info(TimeLimitExceeded(limit))
        safely(running.on_failure, error)
        safely(running.on_timeout, soft=False, timeout=limit)
        self._pool.report.taken_away(request, error, time.monotonic() - running.started)
        running.settled.set()
        self._end(running, TERM_S)

    def terminate(self, running, number):
        """The task, already taken, is being revoked by our caller."""
        self._begin("%s was terminated" % running.request.name)
        patience_s = 0 if number == KILL else UNWIND_S
        threading.Thread(
            target=self._end_settled, args=(running, patience_s), name="departure", daemon=True
        ).start()

    def break_off(self, running):
        """The task, already taken, ends with the worker; Solofleet settles it from outside."""
        self._begin("%s was broken off" % running.request.name, replace=False)
        running.settled.set()
        self._end(running, BREAK_OFF_S)

    def leave(self, running):
        """In the main thread, come out of a task that was taken away. Never returns."""
        running.settled.wait(SETTLE_S)
        try:
            self._pool.leave_process(0)
        finally:
            self._exit()

    def _begin(self, why, replace=True):
        self.begun = True
        self._pool.stopping.set()
        self._pool.report.stopping(why, replace)

    def _on_revoked(self, request=None, **_):
        running = self._pool.running
        if running is not None and running.taken and running.request.id == request.id:
            running.settled.set()

    def _end_settled(self, running, patience_s):
        if not patience_s:
            running.settled.wait(SETTLE_S)
        self._end(running, patience_s)

    def _end(self, running, patience_s):
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            if not running.unwound:
                self._knock()
            time.sleep(AGAIN_S)
        self._exit()

    def _exit(self):
        self._pool.consumer.monitors.last_words()
        self._pool.report.bye()  # and with it what was still held back
        for stream in (sys.__stdout__, sys.__stderr__):
            try:
                stream.flush()
            except Exception:  # closed by the task, or by whoever reads it: we leave all the same
                pass
        os._exit(0)

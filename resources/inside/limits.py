"""Watches the time limits of the running task, in a thread of its own.

The rules are billiard's (`billiard/pool.py`, `celery/concurrency/asynpool.py`): at the soft limit
the task gets SoftTimeLimitExceeded, at the hard one it is taken away. A hard limit that is not
longer than the soft one strikes at the soft one. Standard library and Celery only, Python 3.8.
"""

import threading
import time

from billiard.exceptions import SoftTimeLimitExceeded
from celery.utils.log import get_logger
from solofleet_inside.landing import may_strike

logger = get_logger(__name__)

#: Seconds between two tries to reach a task whose soft limit has passed.
AGAIN_S = 0.01
#: For so long, in seconds, a talk with a broker is let finish before the soft limit strikes.
PATIENCE_S = 0.25
#: A task not reached by then is waiting where nothing wakes it, and the log says so.
SILENCE_S = 0.5

UNREACHED = (
    "Task %s[%s] has not seen its soft time limit (%ss) yet: it is in C code or in a wait that no"
    " signal ends (on Windows: a socket, a lock, a queue, a subprocess). On Linux most waits do end"
)


class Limits(object):
    """`knock()` makes the main thread look up; `time_out(running)` carries out a hard limit."""

    def __init__(self, knock, time_out):
        self._knock = knock
        self._time_out = time_out
        self._changed = threading.Condition()
        self._watched = None
        self._looks_at = None
        self._thread = None

    def watch(self, running):
        """Begin with a task; one without limits is none of our business."""
        if not running.hard_s and not running.soft_s:
            return
        watched = Watched(running)
        with self._changed:
            self._watched = watched
            if self._thread is None:
                self._thread = threading.Thread(target=self._mind, name="limits", daemon=True)
                self._thread.start()
            elif self._looks_at is None or watched.due < self._looks_at:
                self._changed.notify()

    def forget(self):
        """The task is over."""
        self._watched = None

    def strike(self, frame):
        """In the main thread: what to raise at this frame, if anything."""
        watched = self._watched
        if watched is None or not watched.owed:
            return None
        patient = time.monotonic() < watched.soft_at + PATIENCE_S
        if not may_strike(frame, watched.running.request.task, patient):
            return None
        watched.owed = False
        return SoftTimeLimitExceeded()

    def _mind(self):
        while True:
            with self._changed:
                watched = self._watched
                self._looks_at = watched and watched.due
                wait_s = self._looks_at and self._looks_at - time.monotonic()
                if wait_s is None or wait_s > 0:
                    self._changed.wait(wait_s)
                    continue
            self._act(watched, time.monotonic())

    def _act(self, watched, now):
        running = watched.running
        if watched.hard_at is not None and now >= watched.hard_at:
            watched.due = None
            self._time_out(running)
            return
        if not watched.struck:
            watched.struck = watched.owed = True
            running.on_timeout(soft=True, timeout=running.soft_s)
        if watched.owed:
            self._knock()
            if not watched.told and now >= watched.soft_at + SILENCE_S:
                watched.told = True
                request = running.request
                logger.warning(UNREACHED, request.name, request.id, running.soft_s)
        watched.look_again(now)


class Watched(object):
    """The limits of one task.

    `due` is the next instant at which something must be done, or None. `struck`: the soft limit
    has passed; `owed`: the task has not been told yet.
    """

    def __init__(self, running):
        self.running = running
        self.struck = self.owed = self.told = False
        self.soft_at = self.hard_at = None
        if running.soft_s:
            self.soft_at = running.started + running.soft_s
        if running.hard_s:
            self.hard_at = running.started + max(running.hard_s, running.soft_s or 0)
        self.due = self.hard_at if self.soft_at is None else self.soft_at

    def look_again(self, now):
        self.due = self.hard_at
        if self.owed:
            again = now + (AGAIN_S if now < self.soft_at + SILENCE_S else SILENCE_S / 10)
            self.due = again if self.hard_at is None else min(again, self.hard_at)

"""One task in the main thread, from its acceptance to its end.

Two may end it: the main thread when its code is through, or another thread that takes it away
(a limit, a terminate, a cold stop). Exactly one of them does. Standard library only, Python 3.8.
"""

import threading
import time


class Running(object):
    """`hard_s` and `soft_s` are its time limits in seconds, or None; instants are monotonic."""

    def __init__(self, request, on_failure, on_timeout, hard_s, soft_s):
        self.request = request
        self.on_failure = on_failure
        self.on_timeout = on_timeout
        self.hard_s = hard_s
        self.soft_s = soft_s
        self.started = time.monotonic()
        self.inside = False  # the target runs: it may be unwound
        self.taken = False
        self.unwound = False  # it has been told to come out; once, as by a signal
        self.settled = None
        self._ended = False
        self._lock = threading.Lock()

    def finish(self):
        """The code is through: whether its end is the main thread's to tell."""
        with self._lock:
            self._ended = not self.taken
            return self._ended

    def take(self):
        """Take the task away from the main thread: whether it was still there to be taken."""
        with self._lock:
            if self._ended or self.taken:
                return False
            self.settled = threading.Event()  # set when its result and its message are dealt with
            self.taken = True
            return True

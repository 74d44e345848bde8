"""Gives a message back whose ETA has come while its worker is busy.

The parent of prefork holds messages with an ETA and gives each to a child that is free. In a fleet
the worker that happens to have taken one would run it when it is free itself, be it minutes late,
while others idle. Standard library only, Python 3.8.
"""

import threading
import time

#: Seconds between two looks while a message is due.
AGAIN_S = 0.05


class Dues(object):
    """Watches what waits for its ETA; `give_back(request)` is called in a thread of ours.

    `busy()` says whether a task runs in the main thread. Whoever `claim`s a request may run it or
    give it back, and nobody else.
    """

    def __init__(self, busy, give_back):
        self._busy = busy
        self._give_back = give_back
        self._waiting = {}
        self._changed = threading.Condition()
        self._thread = None

    def hold(self, request):
        """A message has come that is due later."""
        with self._changed:
            self._waiting[request.id] = request
            if self._thread is None:
                self._thread = threading.Thread(target=self._mind, name="dues", daemon=True)
                self._thread.start()
            self._changed.notify()

    def claim(self, request):
        """Whether it is still here."""
        with self._changed:
            here = self._waiting.get(request.id) is request  # not an earlier delivery of the same
            if here:
                del self._waiting[request.id]
            return here

    def forget_all(self):
        """Their connection is lost; the messages come anew."""
        with self._changed:
            self._waiting.clear()

    def _mind(self):
        while True:
            with self._changed:
                waiting = list(self._waiting.values())
                if not waiting:
                    self._changed.wait()
                    continue
                now = time.time()
                due = [request for request in waiting if request.eta.timestamp() <= now]
                if not due:
                    soonest = min(request.eta.timestamp() for request in waiting)
                    self._changed.wait(min(soonest - now, 60.0))
                    continue
            # An idle worker runs it itself, this very moment.
            for request in due if self._busy() else ():
                if self.claim(request):
                    self._give_back(request)
            time.sleep(AGAIN_S)

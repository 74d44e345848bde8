"""Raises an exception in the main thread, on behalf of another thread.

A signal handler does it: it runs between two bytecodes of the main thread and sees its stack, so
it can wait for a place where an exception does no harm. `PyThreadState_SetAsyncExc` cannot: it
landed inside redis-py's connect and inside the lock of logging.

POSIX: `pthread_kill` with SIGURG, which wakes the main thread from sleep, sockets, locks, queues
and waits for a subprocess. SIGURG because nobody else uses it, Celery takes SIGUSR1 and SIGUSR2,
and it does nothing where no handler is installed. Windows has no way to send a thread a signal:
`raise_signal(SIGINT)` wakes `time.sleep` and is seen by Python code; other waits end first.

Standard library only, Python 3.8.
"""

import signal
import sys
import threading

WINDOWS = sys.platform == "win32"
SIGNAL = signal.SIGINT if WINDOWS else signal.SIGURG


class Interrupt(object):
    """`choose(frame)` gives the exception to raise at this frame of the main thread, or None."""

    def __init__(self, choose):
        self._choose = choose
        self._knocked = False
        self._before = None
        self._main = threading.main_thread().ident

    def install(self):
        """Listen; in the main thread, after Celery has put its own handlers in place."""
        self._before = signal.signal(SIGNAL, self._heard)

    def knock(self):
        """Let the main thread look up; from any other thread, as often as need be."""
        self._knocked = True
        if WINDOWS:
            signal.raise_signal(SIGNAL)
        else:
            signal.pthread_kill(self._main, SIGNAL)

    def _heard(self, number, frame):
        if self._knocked:
            self._knocked = False
            error = self._choose(frame)
            if error is not None:
                raise error
        elif callable(self._before):
            self._before(number, frame)

"""Acts that take their time, each in another kind of waiting."""

import queue
import signal
import socket
import subprocess
import sys
import threading
import time

from celery.exceptions import SoftTimeLimitExceeded

from parity_app.notes import RELEASED, client, note, times

LONG_S = 30.0
SOON_S = 10.0


def nap(task, seconds):
    time.sleep(seconds)
    return seconds


def held(task, seconds=0):
    """Run until the scenario lets it go (see `Side.release`), then so many seconds more."""
    end = time.monotonic() + LONG_S
    while not client.exists(RELEASED + task.request.id):
        if time.monotonic() > end:
            return "was never let go"
        time.sleep(0.02)
    time.sleep(seconds)
    return seconds


def nap_once(task, seconds):
    """Sleep when it runs for the first time; a second run returns at once."""
    if times(task.request.id) > 1:
        return "ran again"
    time.sleep(seconds)
    return seconds


def tidy(task, seconds):
    """Clean up at the soft limit, as Celery's guide shows."""
    try:
        time.sleep(seconds)
    except SoftTimeLimitExceeded:
        return "tidied up"
    return seconds


def stubborn(task, seconds):
    """Swallow whatever an `except Exception` gets, and sleep anew."""
    return _swallow(Exception, task, seconds)


def immovable(task, seconds):
    """Swallow whatever comes, even what ends a process, and sleep anew."""
    return _swallow(BaseException, task, seconds)


def _swallow(kind, task, seconds):
    try:
        time.sleep(LONG_S)
    except kind as error:
        note("run", "swallowed " + type(error).__name__, task.request.id)
    time.sleep(seconds)
    return "went on"


def slow_to_leave(task, seconds):
    """Take so much time for cleaning up."""
    try:
        time.sleep(LONG_S)
    finally:
        time.sleep(seconds)
        note("run", "cleaned up", task.request.id)


def spin(task, seconds):
    """Compute, in Python code."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1000))
    return seconds


def wait_in(task, kind):
    """Wait for `LONG_S` in a call of this kind; True when a soft limit ended it soon."""
    started = time.monotonic()
    try:
        WAITS[kind]()
    except SoftTimeLimitExceeded:
        return time.monotonic() - started < SOON_S
    return "never came"


def alarm(task):
    """Use a signal of its own, as some libraries do for their time limits (POSIX)."""
    rang = []
    before = signal.signal(signal.SIGALRM, lambda *_: rang.append(True))
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        time.sleep(0.5)
    finally:
        signal.signal(signal.SIGALRM, before)
    return bool(rang)


def meet(task, count, place):
    """Return when so many tasks are here at the same time."""
    end = time.monotonic() + LONG_S
    client.sadd(place, task.request.id)
    while client.scard(place) < count:
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _recv():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(LONG_S)
        ours.recv(1)


def _lock():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=LONG_S)


def _subprocess():
    code = f"import time; time.sleep({LONG_S})"
    subprocess.run([sys.executable, "-c", code], check=True)


WAITS = {
    "sleep": lambda: time.sleep(LONG_S),
    "socket": _recv,
    "lock": _lock,
    "event": lambda: threading.Event().wait(LONG_S),
    "queue": lambda: queue.Queue().get(timeout=LONG_S),
    "subprocess": _subprocess,
}

"""A project of a user, as tests need it: every task does one thing."""

import ctypes
import logging
import multiprocessing
import os
import subprocess
import sys
import threading
import time
import uuid

from celery import Celery, chord, group, signals

app = Celery(
    "tasky",
    broker=os.environ.get("CELERY_BROKER_URL", "redis://127.0.0.1:1/0"),
    backend=os.environ.get("CELERY_RESULT_BACKEND", "redis://127.0.0.1:1/0"),
)


@app.task
def add(x, y=2):
    """Add two numbers."""
    return x + y


@app.task(acks_late=True)
def late_add(x, y=2):
    return x + y


@app.task
def nap(seconds):
    print("napping", seconds)
    time.sleep(seconds)
    return seconds


@app.task
def nap_until(path):
    """Sleep until there is this file: it is told when to end."""
    while not os.path.exists(path):
        time.sleep(0.05)


@app.task(acks_late=True)
def late_nap(seconds):
    time.sleep(seconds)
    return seconds


@app.task(acks_late=True, reject_on_worker_lost=True)
def stubborn_nap(seconds):
    time.sleep(seconds)
    return seconds


@app.task(bind=True, max_retries=2)
def again(self, countdown=0.2):
    raise self.retry(countdown=countdown, exc=ValueError("again"))


@app.task
def boom(text="boom"):
    raise ValueError(text)


@app.task
def die(code=9):
    os._exit(code)


@app.task
def leave(code=3):
    sys.exit(code)


@app.task
def crash():
    ctypes.string_at(0)


@app.task
def stop_here():
    breakpoint()
    return "went on"


@app.task
def read_stdin():
    return sys.stdin.read()


@app.task
def nap_in_child(seconds):
    """Sleep in a process of its own."""
    subprocess.run([sys.executable, "-c", "import time; time.sleep(%f)" % seconds], check=True)
    return seconds


@app.task
def pid():
    return os.getpid()


@app.task
def big(size):
    return "x" * size


@app.task
def hold(megabytes, seconds):
    data = bytearray(megabytes * 2**20)
    time.sleep(seconds)
    return len(data)


@app.task
def unpresentable():
    class Broken(Exception):
        def __repr__(self):
            raise RuntimeError("no repr")

        __str__ = __repr__

    raise Broken()


@app.task
def tidy(seconds, spent_tidying=0.0):
    """Says when it has begun, and when it is unwound."""
    try:
        print("at work")
        time.sleep(seconds)
    finally:
        print("tidied up")
        time.sleep(spent_tidying)


@app.task
def stubborn(seconds):
    """Goes on whatever is raised in it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            time.sleep(0.1)
        except BaseException:  # noqa: BLE001
            print("not now")


@app.task
def in_a_pool(number):
    # A forked child would have Celery's handler of SIGTERM, and not end by it.
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(pow, (number, 2))


A_LOCK = threading.Lock()


@app.task(soft_time_limit=0.05)
def near_the_limit(seconds):
    """Sleeps about as long as it may; then logs, locks and talks to the broker and the backend."""
    time.sleep(seconds)
    logging.getLogger("tasky").warning("awake after %s", seconds)
    with A_LOCK:
        app.backend.client.incr("awake")
    add.apply_async((1,), ignore_result=True)


@app.task
def locked():
    return A_LOCK.locked()


@app.task
def hold_the_gil(seconds):
    """Count in C code that lets no other thread run; only a kill ends its first fifteen seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        (10**30_000_000) % 3


@app.task
def note_failure(task_id):
    return "noted " + task_id


@app.task(ignore_result=True)
def untold(seconds=0):
    """Nobody hears of its result."""
    time.sleep(seconds)


@app.task
def send_with_odd_ids(hexadecimal, number, queue="celery"):
    untold.apply_async(task_id=uuid.UUID(hexadecimal), queue=queue)
    untold.apply_async(task_id=number, queue=queue)


@app.task
def total(numbers):
    return sum(numbers)


@app.task
def flood(lines=20000):
    for number in range(lines):
        sys.stderr.write("line %d of a flood that nobody reads\n" % number)
    return lines


@app.task(rate_limit="5/s")
def limited(number):
    return number


@signals.worker_shutting_down.connect
def say_how(sig=None, how=None, exitcode=None, **_):
    print("shuts down: %s %s %s" % (sig, how, exitcode))


@signals.worker_process_init.connect
def say_begin(**_):
    print("process begins")


@signals.worker_process_shutdown.connect
def say_end(**_):
    print("process ends")


__all__ = ["app", "chord", "group"]

"""Acts that show which process they run in."""

import multiprocessing

from billiard import current_process

from parity_app import blocking
from parity_app.notes import note

_kept = []
_runs = []


def count_runs(task):
    """How many of these tasks this process has run."""
    _runs.append(task.request.id)
    return len(_runs)


def hog(task, mebibytes):
    """Keep so much memory for as long as the process lives; how many runs it has seen."""
    _kept.append(bytearray(b"x") * (mebibytes * 1024 * 1024))
    return len(_kept)


def index(task, count, place):
    """Note the place of this process in the pool, when so many tasks run at the same time."""
    met = blocking.meet(task, count, place)
    note("run", "index", task.request.id, value=getattr(current_process(), "index", None))
    return met


def multiprocess(task):
    """Start a process with the standard library."""
    child = multiprocessing.Process(target=_nothing)
    child.start()
    child.join()
    return child.exitcode


def _nothing():
    pass

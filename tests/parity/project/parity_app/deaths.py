"""Acts that end the process, or try to."""

import builtins
import ctypes
import os
import sys

from parity_app.notes import times


def die(task, how, once=False):
    """End the process; with `once` a second run survives."""
    if once and times(task.request.id) > 1:
        return "survived"
    return WAYS[how]()


def die_late(task, how):
    """End the process when the result is stored already, as a receiver of a signal may."""
    task.backend.mark_as_done(task.request.id, "stored", task.request)
    return WAYS[how]()


def throw(task, kind, *args):
    """Raise a builtin exception."""
    raise getattr(builtins, kind)(*args)


WAYS = {
    "sys.exit(7)": lambda: sys.exit(7),
    "sys.exit(0)": lambda: sys.exit(0),
    "os._exit(7)": lambda: os._exit(7),
    "os._exit(0)": lambda: os._exit(0),
    "SIGKILL": lambda: os.kill(os.getpid(), 9),
    "segfault": lambda: ctypes.string_at(0),
}

"""Refuses child processes to tasks, as the daemonic children of prefork are refused theirs.

A task that uses `multiprocessing` works with solo, and fails in production with "daemonic processes
are not allowed to have children". Standard library only, Python 3.8.
"""

import multiprocessing


def forbid_children():
    """From now on starting a process by multiprocessing fails; by subprocess it does not."""
    multiprocessing.current_process()._config["daemon"] = True

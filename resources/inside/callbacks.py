"""Tells Celery's `Request` what became of its task, as billiard's parent process does.

Standard library and Celery only, Python 3.8.
"""

import billiard.common
from billiard.einfo import ExceptionInfo
from celery.exceptions import WorkerLostError
from celery.utils.log import get_logger

logger = get_logger(__name__)

#: From 4.3 on a child of billiard reports what its task raised, and then leaves; before, it is
#: gone without a word, and its parent sees the exit code only.
CHILD_REPORTS = hasattr(billiard.common, "terminate_handler_fired")


def safely(callback, *args, **kwargs):
    """Call back; an error of the app's hooks or of the backend is logged, no more.

    `billiard/pool.py`, safe_apply_callback.
    """
    try:
        callback(*args, **kwargs)
    except Exception as error:
        logger.error("Pool callback raised exception: %r", error, exc_info=True)


def as_info(error):
    """The ExceptionInfo of an error that nobody has raised; billiard wants it raised once."""
    try:
        raise error
    except type(error):
        return ExceptionInfo()


def cause(info):
    """The exception of an ExceptionInfo, whatever the version of billiard wraps it in."""
    return getattr(info.exception, "exc", info.exception)


def ends_process(info):
    """Whether a child of prefork would be gone after a task that raised this."""
    error = cause(info)
    if CHILD_REPORTS:
        return isinstance(error, (SystemExit, KeyboardInterrupt))
    return not isinstance(error, Exception)


def as_prefork_sees(info, request, job):
    """What prefork's parent hears of a task that raised what Celery's tracer lets through.

    `job` is the number of the task in this process, from 0, which older versions quote.
    """
    if not ends_process(info):
        return info
    if CHILD_REPORTS:
        # Before 5.7 Celery stores the SystemExit itself as the error of the task.
        lost = getattr(request, "_worker_lost_info", None)
        return lost(cause(info)) if lost else info
    code = getattr(cause(info), "code", None) or 0
    status = "exitcode %d" % (code if isinstance(code, int) else 1)
    return as_info(WorkerLostError("Worker exited prematurely: %s Job: %d." % (status, job)))

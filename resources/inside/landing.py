"""Where in the main thread a soft time limit may strike.

Only in the code of the task itself, or in what it called: never in Celery's own work around it,
nor in a place that would leave something broken behind. Standard library only, Python 3.8.
"""

#: Holding the lock of a log handler, or ours, an exception would silence this worker for good.
NEVER = frozenset(["logging", "solofleet_inside"])

#: Half-way through a talk with a broker they leave a connection that nobody can use. They are
#: let finish for a moment; who waits in them for long is woken all the same.
RARELY = frozenset(["amqp", "kombu", "redis"])


def may_strike(frame, task, patient):
    """Whether SoftTimeLimitExceeded may be raised at `frame`; `patient`: a moment may be waited."""
    tracer = task.__trace__.__code__
    frames, outer = [], 0
    while frame is not None:
        if frame.f_code is tracer:  # a task run in place by ours has one too: the outermost counts
            outer = len(frames)
        frames.append(frame)
        frame = frame.f_back
    if not outer or frames[outer - 1].f_code not in _bodies(task):
        return False
    careful = NEVER | RARELY if patient else NEVER
    return not any(_package(frame) in careful for frame in frames[: outer - 1])


def _bodies(task):
    """The code that Celery's tracer calls as the task: `run`, or a `__call__` of its own."""
    calls = (task.run, type(task).__call__)
    functions = [getattr(call, "__func__", call) for call in calls]
    return {getattr(function, "__code__", None) for function in functions}


def _package(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0]

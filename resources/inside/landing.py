"""Where in the main thread a soft time limit may strike.

Only in the code of the task itself, or in what it called: never in Celery's own work around it,
nor in a place that would leave something broken behind. Standard library only, Python 3.8.
"""

#: Holding the lock of a log handler, or ours, an exception would silence this worker for good.
NEVER = frozenset(["logging", "solofleet_inside"])

#: Half-way through a talk with a broker they leave a connection that nobody can use. They are
#: let finish for a moment; who waits in them for long is woken all the same. So is Sentry, which
#: wraps tracer and task, and half-way through keeps the scope of a task that is over.
RARELY = frozenset(["amqp", "kombu", "redis", "sentry_sdk"])


def may_strike(frame, task, patient):
    """Whether SoftTimeLimitExceeded may be raised at `frame`; `patient`: a moment may be waited."""
    tracers, bodies = set(_codes(task.__trace__)), _bodies(task)
    frames, tracer, body = [], 0, None
    while frame is not None:
        # A task run in place by ours has both too: the outermost count.
        if frame.f_code in tracers:
            tracer = len(frames)
        elif frame.f_code in bodies:
            body = len(frames)
        frames.append(frame)
        frame = frame.f_back
    if body is None or body >= tracer:
        return False
    careful = NEVER | RARELY if patient else NEVER
    return not any(_package(frame) in careful for frame in frames[:body])


def _bodies(task):
    """The code that Celery's tracer calls as the task: `run`, or a `__call__` of its own."""
    return {code for call in (task.run, type(task).__call__) for code in _codes(call)}


def _codes(call):
    """The code of a function, and of those that it wraps: Sentry, New Relic and others do."""
    while call is not None:
        function = getattr(call, "__func__", call)
        code = getattr(function, "__code__", None)
        if code is not None:
            yield code
        call = getattr(function, "__wrapped__", None)


def _package(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0]

"""The worker options that Celery's command line takes from CELERY_WORKER_* variables.

`app.Worker` itself ignores them, so the launcher reads the same variables. Concurrency is not
among them: it becomes the number of workers. Standard library only, Python 3.8.
"""


def _list(text):
    return [part.strip() for part in text.split(",") if part.strip()]


_OPTIONS = {
    "LOGLEVEL": ("loglevel", str),
    "QUEUES": ("queues", _list),
    "EXCLUDE_QUEUES": ("exclude_queues", _list),
    "INCLUDE": ("include", _list),
    "OPTIMIZATION": ("optimization", str),
    "PREFETCH_MULTIPLIER": ("prefetch_multiplier", int),
    "TIME_LIMIT": ("time_limit", float),
    "SOFT_TIME_LIMIT": ("soft_time_limit", float),
    "MAX_TASKS_PER_CHILD": ("max_tasks_per_child", int),
    "MAX_MEMORY_PER_CHILD": ("max_memory_per_child", int),
}


def from_environment(environ):
    """Return the keyword arguments for `app.Worker` that `environ` asks for.

    Raises ValueError with the variable's name when a value does not fit, as `celery` does.
    """
    found = {}
    for suffix, (name, convert) in _OPTIONS.items():
        variable = "CELERY_WORKER_" + suffix
        text = environ.get(variable)
        if not text:
            continue
        try:
            found[name] = convert(text)
        except ValueError:
            raise ValueError("%s=%r is not %s" % (variable, text, convert.__name__)) from None
    return found

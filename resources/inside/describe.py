"""Tells what a task is called with: its signature, docstring and options.

Standard library and Celery only, Python 3.8.
"""

import inspect

from solofleet_inside.report import bounded

OPTIONS = (
    "max_retries",
    "time_limit",
    "soft_time_limit",
    "acks_late",
    "rate_limit",
    "ignore_result",
    "priority",
    "expires",
)


def describe_task(app, task):
    """`{name, module, doc, bound, params, queue, options}`, as JSON takes it."""
    return {
        "name": task.name,
        "module": type(task).__module__,
        "doc": inspect.getdoc(task.run) or "",
        "bound": bool(getattr(task, "__bound__", False)),
        "params": _params(task),
        "queue": _queue(app, task),
        "options": {
            name: value if isinstance(value, (int, float, str, bool)) else bounded(value)
            for name, value in ((name, getattr(task, name, None)) for name in OPTIONS)
            if value is not None
        },
    }


def _params(task):
    try:
        signature = inspect.signature(task.run)
    except (TypeError, ValueError):
        return None  # a callable that cannot be looked into; anything may be given
    return [_param(parameter) for parameter in signature.parameters.values()]


def _param(parameter):
    described = {"name": parameter.name, "kind": parameter.kind.name.lower()}
    if parameter.default is not parameter.empty:
        described["default"] = bounded(repr(parameter.default))
    if parameter.annotation is not parameter.empty:
        annotation = parameter.annotation
        described["annotation"] = (
            annotation
            if isinstance(annotation, str)
            else getattr(annotation, "__name__", None) or bounded(annotation)
        )
    return described


def _queue(app, task):
    if getattr(task, "queue", None):
        return str(task.queue)
    try:
        route = app.amqp.router.route({}, task.name)
    except Exception as error:  # a router of the user's own may want real arguments
        return "unknown: %s" % error
    queue = route.get("queue")
    return getattr(queue, "name", None) or str(queue or app.conf.task_default_queue)

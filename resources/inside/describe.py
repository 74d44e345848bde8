"""Tells what a task is called with: its signature, docstring and options.

Standard library and Celery only, Python 3.8.
"""

import enum
import inspect
import re
import typing

from celery.backends.base import DisabledBackend
from solofleet_inside.report import bounded

UNKNOWN = "unknown: "
PLAIN = (str, int, float, bool, type(None))
MODULES = re.compile(r"\b(?:typing|datetime|decimal|uuid|pathlib|collections\.abc)\.")
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
    """`{name, module, doc, source, bound, params, queue, options, keeps_result}`, as JSON takes it.

    `source` is `[file, line]`, or None for what was not written in Python.
    """
    return {
        "name": task.name,
        "module": type(task).__module__,
        "doc": inspect.getdoc(task.run) or "",
        "source": _source(task),
        "bound": bool(getattr(task, "__bound__", False)),
        "params": _params(task),
        "queue": _queue(app, task, app.amqp.router),
        "options": {
            name: value if isinstance(value, (int, float, str, bool)) else bounded(value)
            for name, value in ((name, getattr(task, name, None)) for name in OPTIONS)
            if value is not None
        },
        "keeps_result": not task.ignore_result and not isinstance(app.backend, DisabledBackend),
    }


def _params(task):
    try:
        signature = inspect.signature(task.run)
    except (TypeError, ValueError):
        return None  # a callable that cannot be looked into; anything may be given
    hints = _hints(task)
    return [_param(each, hints.get(each.name)) for each in signature.parameters.values()]


def _hints(task):
    try:
        return typing.get_type_hints(inspect.unwrap(task.run))
    except Exception:  # names that exist for a type checker only; the user's code may do anything
        return {}


def _param(parameter, hint):
    described = {"name": parameter.name, "kind": parameter.kind.name.lower()}
    if parameter.default is not parameter.empty:
        described["default"] = bounded(repr(_plain(parameter.default)))
    if parameter.annotation is not parameter.empty:
        described["annotation"] = _annotation(parameter.annotation)
        choices = _choices(parameter.annotation if hint is None else hint)
        if choices:
            described["choices"] = choices
    return described


def _plain(default):
    """What stands for it in JSON, as its choices do."""
    return default.value if isinstance(default, enum.Enum) else default


def _annotation(annotation):
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, type) and typing.get_origin(annotation) is None:
        return annotation.__name__
    return MODULES.sub("", bounded(annotation))


def _choices(hint):
    """The values that a Literal or an Enum allows beside None, as far as JSON has them all."""
    some = [each for each in typing.get_args(hint) if each is not type(None)]
    if len(some) == 1 and type(None) in typing.get_args(hint):
        hint = some[0]
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        values = [member.value for member in hint]
    elif typing.get_origin(hint) is getattr(typing, "Literal", None):
        values = list(typing.get_args(hint))
    else:
        return []
    return values if all(isinstance(value, PLAIN) for value in values) else []


def _source(task):
    code = getattr(inspect.unwrap(task.run), "__code__", None)
    return None if code is None else [code.co_filename, code.co_firstlineno]


def unlike_prefork(app):
    """What to tell people whose setting worker_pool is not what a fleet stands for."""
    pool = str(app.conf.worker_pool)
    if pool in ("prefork", "processes", "solo"):
        return []
    return [
        "this app sets worker_pool to %s; a fleet keeps the rules of prefork, which are others:"
        " solofleet parity tells more" % pool
    ]


def hitches(app):
    """What to tell people of tasks that a worker of this app, as it is, would never run."""
    own = [name for name in sorted(app.tasks) if not name.startswith(("celery.", "solofleet."))]
    if not own:
        return [
            "this app has no tasks: name the module that defines them with -A, or let the app"
            " import it (include=[...])"
        ]
    if app.conf.task_always_eager:
        return ["this app sets task_always_eager: whoever calls a task runs it, and no worker does"]
    if app.amqp.queues._consume_from is not None:
        return []  # somebody chose the queues
    read = list(app.amqp.queues.consume_from)
    # Its own queues: to route to one that is not there adds it, and workers would read it.
    router = app.amqp.Router(app.amqp.Queues(list(app.amqp.queues.values())))
    unread = {}
    for name in own:
        queue = _queue(app, app.tasks[name], router)
        if queue not in read and not queue.startswith(UNKNOWN):
            unread.setdefault(queue, []).append(name)
    return [
        "%s goes to the queue %s, which no worker here reads; -Q %s would"
        % (_some(names), queue, ",".join(sorted(read) + sorted(unread)))
        for queue, names in sorted(unread.items())
    ]


def _some(names):
    more = " (and %d more)" % (len(names) - 1) if len(names) > 1 else ""
    return names[0] + more


def _queue(app, task, router):
    if getattr(task, "queue", None):
        return str(task.queue)
    try:
        route = router.route({}, task.name)
    except Exception as error:  # a router of the user's own may want real arguments
        return UNKNOWN + str(error)
    queue = route.get("queue")
    return getattr(queue, "name", None) or str(queue or app.conf.task_default_queue)

"""Answers questions about the user's app, and sends its tasks; runs in the user's interpreter.

    python calls.py

stdin: first line `{"kind": "start", "app", "workdir", "broker", "argv"}`, then one call
per line: `{"id": n, "kind": OPERATION, ...}`. stdout: `{"kind": "ready"}` or `{"kind": "error",
"what", "why", "fix"}`, then one answer per call, in order: `{"id": n, "kind": "answer", ...}` or
`{"id": n, "kind": "error", "what", "why", "fix"}`. The end of stdin means leave.

The closed set of operations is `OPERATIONS`, at the end, with those of `ELSEWHERE`. No call keeps
an AsyncResult: on Celery 5.3 and 5.4 with redis-py 5.3 collecting one during a send deadlocked.
Deadlines are kept by the caller, which ends this process when one passes. Standard library and
Celery only, Python 3.8.
"""

import importlib
import os
import sys
import traceback
import types

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = "solofleet_inside"


def open_package():
    """Make this folder importable under a private name; never by sys.path (see worker.py)."""
    package = types.ModuleType(PACKAGE)
    package.__path__ = [HERE]
    sys.modules[PACKAGE] = package
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]


def main():
    open_package()
    from solofleet_inside.channel import commands_in, take_pipes
    from solofleet_inside.userapp import CannotStart, load

    stream, channel = take_pipes()
    commands = commands_in(stream)
    start = next(commands, None)
    if start is None:
        return
    os.chdir(start["workdir"])
    sys.argv[:] = start["argv"]
    try:
        app = load(start)
    except CannotStart as error:
        channel.say("error", what=error.what, why=error.why, fix=error.fix)
        return
    prepare(app)
    channel.say("ready")
    for call in commands:
        channel.say(**answer(app, call))


def prepare(app):
    """Register the probe, and keep sending from subscribing to each result."""
    from celery._state import _set_task_join_will_block
    from solofleet_inside import probe

    probe.register(app)
    _set_task_join_will_block(True)


def answer(app, call):
    """Carry out one call; what goes wrong is an answer too."""
    operation = OPERATIONS.get(call["kind"]) or _elsewhere(call["kind"])
    given = {key: value for key, value in call.items() if key not in ("id", "kind")}
    try:
        return dict(operation(app, **given), id=call["id"], kind="answer")
    except Exception as error:
        traceback.print_exc()
        fix = "see that the broker runs and that its URL is the one the workers use"
        return {
            "id": call["id"],
            "kind": "error",
            "what": getattr(error, "what", "%s failed" % call["kind"]),
            "why": getattr(error, "why", "%s: %s" % (type(error).__name__, error)),
            "fix": getattr(error, "fix", fix),
        }


#: Operations that are modules' own, by module.
ELSEWHERE = {
    "close_queue": "alone",
    "disable_events": "watching",
    "enable_events": "watching",
    "open_queue": "alone",
    "peek": "survey",
    "purge": "purging",
    "restore": "purging",
    "stopping": "stopping",
    "survey": "survey",
    "watched": "watching",
}


def _elsewhere(kind):
    return getattr(importlib.import_module("%s.%s" % (PACKAGE, ELSEWHERE[kind])), kind)


def describe(app):
    """`{"tasks": [{name, module, doc, params, queue, options}], "default_queue": name}`.

    Builtin tasks of Celery's own are left out. A parameter is `{name, kind}`, with `default`
    (a repr), `annotation`, and `choices` (of a Literal or an Enum) where it has them.
    """
    from solofleet_inside.describe import describe_task

    names = sorted(name for name in app.tasks if not name.startswith("celery."))
    return {
        "tasks": [describe_task(app, app.tasks[name]) for name in names],
        "default_queue": app.conf.task_default_queue,
    }


EAGER = (
    "the app sets task_always_eager: whoever calls a task runs it, and no worker gets one"
    " (in Django it is CELERY_TASK_ALWAYS_EAGER, which is meant for tests)"
)
ONCE = "the task itself sends no second one while %s has not ended (celery-singleton does so)"


def send(app, task, ids, args=(), kwargs=None, **options):
    """Send `task` once for each id in `ids`. `{"sent": n}`, with `error` when n < len(ids).

    `options` are those of apply_async (queue, countdown, priority, expires).
    """
    options = {key: value for key, value in options.items() if value is not None}
    known = app.tasks.get(task)
    if known is not None and app.conf.task_always_eager:
        return {"sent": 0, "error": EAGER}
    sent = 0
    with app.connection_for_write() as connection, app.amqp.Producer(connection) as producer:
        for id_ in ids:
            options.update(task_id=id_, producer=producer)
            try:
                if known is not None:
                    result = known.apply_async(tuple(args), dict(kwargs or {}), **options)
                    if getattr(result, "id", id_) != id_:
                        return {"sent": sent, "error": ONCE % (result.id,)}
                else:
                    app.send_task(task, tuple(args), dict(kwargs or {}), **options)
            except Exception as error:  # whatever it is, the number that went out is told
                return {"sent": sent, "error": "%s: %s" % (type(error).__name__, error)}
            sent += 1
    return {"sent": sent}


def results(app, ids):
    """`{"results": {id: {"state", "result", "traceback"}}}` of those the backend knows."""
    from solofleet_inside.results import known

    return {"results": known(app, ids)}


def revoke(app, ids, terminate=False, signal="SIGTERM", destination=None):
    """Tell the workers to skip tasks, or to end them when they run."""
    app.control.revoke(ids, terminate=terminate, signal=signal, destination=destination)
    return {}


def shutdown(app, nodes):
    """Tell workers to finish their task and leave; they do not reply to this."""
    app.control.shutdown(destination=nodes)
    return {}


def broker(app):
    """`{"url": masked}`: where the app's workers connect to."""
    return {"url": app.connection_for_read().as_uri()}


INSPECT = (
    "active",
    "active_queues",
    "clock",
    "conf",
    "ping",
    "query_task",
    "registered",
    "report",
    "reserved",
    "revoked",
    "scheduled",
    "stats",
)


def inspect(app, what, destination=None, timeout_s=1.0, ids=()):
    """`{"replies": {node: reply}}`; with `destination` it ends when all of them answered.

    `ids` are the tasks that a query_task is about.
    """
    if what not in INSPECT:
        raise ValueError("inspect %r is not one of %s" % (what, ", ".join(INSPECT)))
    from solofleet_inside.asking import ask

    limit = len(destination) if destination else None
    with ask(app, timeout_s, destination=destination, limit=limit) as asked:
        return {"replies": getattr(asked, what)(*ids) or {}}


def queues(app, names=()):
    """`{"queues": {name: waiting}, "unacked": n, "oldest_unacked_s": s}`; see queues.py."""
    from solofleet_inside.queues import lengths

    return lengths(app, names)


def whereabouts(app, ids, queues=()):
    """`{"waiting": [id], "out": [id], "ended": {id: {"state", "result"}}, "missing": [id]}`.

    `queues` are searched besides those that the app declares.
    """
    from solofleet_inside.queues import search
    from solofleet_inside.results import known

    found = search(app, ids, queues)
    if found is None:
        return {"waiting": [], "out": [], "ended": {}, "missing": []}
    waiting, out = found
    ended = known(app, [id_ for id_ in ids if id_ not in waiting and id_ not in out], final=True)
    missing = [id_ for id_ in ids if not (id_ in waiting or id_ in out or id_ in ended)]
    return {"waiting": list(waiting), "out": list(out), "ended": ended, "missing": missing}


def settle(app, node, held, ended_at, **how):
    """What became of the messages that a worker held when it went; see settle.py."""
    from solofleet_inside.settle import settle_all

    return {"settled": settle_all(app, node, held, ended_at, **how)}


def orphans(app, taken_after, taken_before, known):
    """`{"given_back": [id]}`: messages that died with a worker, untold; see settle.py."""
    from solofleet_inside.settle import give_back_orphans

    return {"given_back": give_back_orphans(app, taken_after, taken_before, set(known))}


def ping(app, of="broker"):
    """`{"latency_s": s}`: a round trip to the broker, or to the results (None: cannot be asked)."""
    from solofleet_inside.pings import to_broker, to_results

    return {"latency_s": to_results(app) if of == "results" else to_broker(app)}


def nodes(app, timeout_s=1.0):
    """`{"nodes": [name]}` of the workers that answer; one that two have is there twice."""
    with app.connection_for_read() as connection:
        replies = app.control.ping(timeout=timeout_s, connection=connection)
    return {"nodes": sorted(name for reply in replies or () for name in reply)}


def settings(app):
    """What the app's settings come to, without secrets; see settings.py."""
    from solofleet_inside.settings import effective

    return {"settings": effective(app)}


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        broker,
        describe,
        inspect,
        nodes,
        orphans,
        ping,
        queues,
        results,
        revoke,
        send,
        settings,
        settle,
        shutdown,
        whereabouts,
    )
}

if __name__ == "__main__":
    main()

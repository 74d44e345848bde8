"""What decides over a task whose worker is told to stop, or is killed.

Asks no broker. Standard library and Celery only, Python 3.8.
"""

from celery import __version__


def stopping(app):
    """`{"celery", "broker", "visibility_timeout_s", "soft_shutdown_s", "tasks"}`.

    `broker` is the name of kombu's transport. A task is `{name, acks_late, reject_on_worker_lost,
    time_limit_s, soft_time_limit_s}`, a limit None where there is none; Celery's own tasks are left
    out. `soft_shutdown_s` is None before Celery 5.5, which does not have that.
    """
    options = app.conf.broker_transport_options or {}
    soft_s = app.conf.get("worker_soft_shutdown_timeout")
    names = sorted(name for name in app.tasks if not name.startswith(("celery.", "solofleet.")))
    return {
        "celery": __version__,
        "broker": app.connection_for_read().transport_cls,
        "visibility_timeout_s": options.get("visibility_timeout", 3600),
        "soft_shutdown_s": None if soft_s is None else float(soft_s),
        "tasks": [_task(app, app.tasks[name]) for name in names],
    }


def _task(app, task):
    return {
        "name": task.name,
        "acks_late": bool(task.acks_late),
        "reject_on_worker_lost": bool(task.reject_on_worker_lost),
        "time_limit_s": task.time_limit or app.conf.task_time_limit,
        "soft_time_limit_s": task.soft_time_limit or app.conf.task_soft_time_limit,
    }

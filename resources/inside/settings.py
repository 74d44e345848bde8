"""What the app's settings come to once Celery has read code, files and variables.

No password leaves: URLs are masked here. Standard library and Celery only, Python 3.8.
"""

import os
import re

_PASSWORD = re.compile(r"(://[^/\s:@]*:)\S*@")
_PARAMETER = re.compile(r"([?&][\w.-]*(?:password|passwd|token|secret|key)=)[^&\s]+", re.IGNORECASE)


def effective(app):
    """`{"broker", "results", "visibility_timeout_s", "tasks", "limits", "pool", "concurrency",
    "eager"}`.

    Broker and results are `{url, code, variable, tls, cert_reqs, error}`: the masked URL; the one
    that the code gives, and the variable that Celery takes in its place, where these differ;
    whether a setting asks for TLS, and how it checks (`none`, `optional`, `required` or None); why
    there is no result backend. `limits` are the hard time limits in seconds by name of the task,
    `pool` is None unless it is set; with `eager` no task is sent to a worker.
    """
    options = app.conf.broker_transport_options or {}
    own = {name: app.tasks[name] for name in sorted(app.tasks) if not _is_builtin(name)}
    limits = {name: task.time_limit or app.conf.task_time_limit for name, task in own.items()}
    return {
        "broker": _broker(app),
        "results": _results(app),
        "visibility_timeout_s": options.get("visibility_timeout", 3600),
        "tasks": list(own),
        "limits": {name: limit for name, limit in limits.items() if limit},
        "pool": _text(app.conf.without_defaults().get("worker_pool")),
        "concurrency": app.conf.worker_concurrency,
        "eager": bool(app.conf.task_always_eager),
    }


def _is_builtin(name):
    return name.startswith(("celery.", "solofleet."))


def _broker(app):
    url = app.conf.broker_url or app.connection_for_read().as_uri()
    code = app.conf.first("broker_url", "broker_host")
    return _place("CELERY_BROKER_URL", url, code, app.conf.broker_use_ssl)


def _results(app):
    code = app.conf.first("result_backend", "CELERY_RESULT_BACKEND")
    url = app.conf.result_backend
    place = _place("CELERY_RESULT_BACKEND", url, code, app.conf.redis_backend_use_ssl)
    try:
        app.backend  # noqa: B018 - it is made when first asked for
    except Exception as error:
        place["error"] = masked("%s: %s" % (type(error).__name__, error))
    return place


def _place(variable, url, code, use_ssl):
    overrides = bool(os.environ.get(variable)) and bool(code) and code != url
    reqs = use_ssl.get("ssl_cert_reqs") if isinstance(use_ssl, dict) else None
    return {
        "url": masked(_text(url)),
        "code": masked(_text(code)) if overrides else None,
        "variable": variable if overrides else None,
        "tls": bool(use_ssl),
        "cert_reqs": _in_words(reqs),
        "error": None,
    }


def _in_words(reqs):
    """`none`, `optional` or `required` for what Celery takes: ssl.CERT_NONE, or a text."""
    if isinstance(reqs, int):
        return ("none", "optional", "required")[reqs]
    return reqs and str(reqs).lower().replace("cert_", "")


def _text(value):
    """The first of several URLs; None stays."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    return None if value is None else str(value)


def masked(text):
    """The text without the passwords of its URLs."""
    return text and _PARAMETER.sub(r"\1***", _PASSWORD.sub(r"\1***@", text))

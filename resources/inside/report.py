"""Turns what Celery does into telemetry records.

The records are those of `core/tasks/telemetry.py`. Standard library and Celery only,
Python 3.8.
"""

import os
import sys
import time
from json.encoder import encode_basestring_ascii as quote

from celery import signals
from celery.exceptions import Ignore, Reject, Retry
from solofleet_inside.channel import encode

TEXT_LIMIT = 1024

#: Tasks quicker than this, in seconds, share a measurement of memory with those around them.
QUICK_S = 0.005


def bounded(value):
    """The text of a value, cut at `TEXT_LIMIT` characters; a broken repr is said to be one."""
    try:
        text = value if isinstance(value, str) else repr(value)
    except Exception as error:
        text = "<%s has a broken repr: %s>" % (type(value).__name__, type(error).__name__)
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"


class Report(object):
    """Says what happens to tasks and to the connection of one worker."""

    def __init__(self, channel, memory):
        self._channel = channel
        self._memory = memory
        self._rss = memory()
        self._measure_at = 0.0
        self._connected_before = False

    def listen(self):
        """Connect to the signals that Celery itself sends; kept until the process ends."""
        signals.task_received.connect(self._on_received, weak=False)
        signals.task_revoked.connect(self._on_revoked, weak=False)
        signals.task_unknown.connect(self._on_unknown, weak=False)
        signals.task_rejected.connect(self._on_rejected_message, weak=False)

    def hello(self, node):
        """First words: who we are, before any user code is imported."""
        from importlib import metadata

        def version(name):
            try:
                return metadata.version(name)
            except metadata.PackageNotFoundError:
                return None

        self._channel.say(
            "hello",
            pid=os.getpid(),
            node=node,
            python="%d.%d.%d" % sys.version_info[:3],
            celery=version("celery"),
            kombu=version("kombu"),
            redis=version("redis"),
            queues=None,
        )

    def importing(self):
        self._channel.say("importing")

    def connecting(self, worker, asked):
        """The app is imported and the worker built; `asked` is the concurrency it asked for."""
        app = worker.app
        self._channel.say(
            "connecting",
            tasks=sum(1 for name in app.tasks if not name.startswith("celery.")),
            queues=sorted(app.amqp.queues.consume_from),
            broker=app.connection_for_read().as_uri(),
            loop="hub" if worker.use_eventloop else "windows",
            concurrency_asked=asked,
        )

    def connected(self):
        """The worker consumes: for the first time, or again after the broker was lost."""
        self._channel.say("broker-back" if self._connected_before else "ready")
        self._connected_before = True

    def broker_lost(self, error):
        self._channel.say("broker-lost", error=bounded(error))

    def stopping(self, how):
        self._channel.say("stopping", how=how)

    def note(self, text):
        self._channel.say("note", text=text)

    def cannot_start(self, error):
        """The last words of a worker that does not come up."""
        self._channel.say(
            "error", what=error.what, why=bounded(error.why), fix=error.fix, final=error.final
        )

    def bye(self):
        self._channel.say("bye")

    # One task. These run for every task, so their lines are put together by hand: `quote` is
    # ten times cheaper than an encoder that looks at each value.

    def started(self, request):
        """Written at once: from here on user code may end the process."""
        self._channel.write(
            '{"kind":"started","id":%s,"name":%s,"t":%.6f}'
            % (quote(request.id), quote(request.name), time.time())
        )

    def ended(self, request, outcome, runtime):
        """`outcome` is what `trace_task_ret` gives: (failed, result or ExceptionInfo, runtime).

        Celery knows the runtime of a success only, hence `runtime`, in seconds, from the pool.
        """
        failed, value, _ = outcome
        before = self._rss
        now = time.monotonic()
        if now >= self._measure_at or runtime > QUICK_S:
            self._measure_at = now + QUICK_S
            self._rss = self._memory()
        if not failed:
            return self._finished("succeeded", request, runtime, before, "result", value)
        error = value.exception
        error = error.exc if type(error).__name__ == _WRAPPED else error
        task = {"id": request.id, "name": request.name}
        if isinstance(error, Retry):
            self._channel.say(
                "retried", exception=bounded(error.exc or error), eta=_when(error), **task
            )
        elif isinstance(error, Reject):
            self._channel.say("rejected", requeue=bool(error.requeue), **task)
        elif isinstance(error, Ignore):
            self._channel.say("succeeded", result="Ignore()", ignored=True, runtime=runtime, **task)
        else:
            self._finished("failed", request, runtime, before, "exception", error)
        return None

    def _finished(self, kind, request, runtime, before, key, value):
        self._channel.keep(
            '{"kind":"%s","id":%s,"name":%s,"runtime":%.6f,"rss_before":%s,"rss_after":%s,'
            '"%s":%s,"t":%.6f}'
            % (
                kind,
                quote(request.id),
                quote(request.name),
                runtime,
                before or "null",
                self._rss or "null",
                key,
                quote(bounded(value)),
                time.time(),
            )
        )

    def given_back(self, request):
        """A task that this worker held and will not run; it waits in the queue again."""
        self._channel.say("rejected", id=request.id, name=request.name, requeue=True)

    def _on_received(self, request=None, **_):
        about = request.delivery_info
        self._channel.keep(
            '{"kind":"received","id":%s,"name":%s,"args":%s,"kwargs":%s,"queue":%s,"tag":%s,'
            '"retries":%d,"acks_late":%s,"redelivered":%s%s,"t":%.6f}'
            % (
                quote(request.id),
                quote(request.name),
                quote((request.argsrepr or "")[:TEXT_LIMIT]),
                quote((request.kwargsrepr or "")[:TEXT_LIMIT]),
                quote(str(about["routing_key"])),
                _text(request.message.delivery_tag),
                request.request_dict.get("retries") or 0,
                "true" if request.task.acks_late else "false",
                "true" if about["redelivered"] else "false",
                _rarely(request),
                time.time(),
            )
        )

    def _on_revoked(self, sender=None, request=None, terminated=False, expired=False, **_):
        self._channel.say(
            "revoked",
            id=request.id,
            name=getattr(sender, "name", None) or request.task,
            terminated=bool(terminated),
            expired=bool(expired),
        )

    def _on_unknown(self, name=None, id=None, exc=None, **_):
        self._channel.say(
            "failed",
            id=id,
            name=name,
            runtime=None,
            exception="NotRegistered(%r)" % (name,),
            rss_before=None,
            rss_after=None,
        )

    def _on_rejected_message(self, message=None, exc=None, **_):
        headers = getattr(message, "headers", None) or {}
        if headers.get("id"):
            self._channel.say(
                "failed",
                id=headers["id"],
                name=headers.get("task"),
                runtime=None,
                exception=bounded(exc),
                rss_before=None,
                rss_after=None,
            )


#: billiard wraps an exception with its traceback text in a class of this name.
_WRAPPED = "ExceptionWithTraceback"


def _text(value):
    if type(value) is str:
        return quote(value)
    return "true" if value is True else encode(value)


def _rarely(request):
    """The fields of `received` that most tasks do not have, as JSON that goes on with a comma.

    `headers` and `embed` (callbacks, errbacks, chain, chord) are what a result needs to know of
    its task when it is settled from outside; what is empty or known from elsewhere is left out.
    """
    text = ""
    headers = _headers(request)
    if headers:
        text += ',"headers":{%s}' % ",".join(headers)
    embed = request._payload[2]
    if embed and any(embed.values()):
        text += ',"embed":' + encode({key: value for key, value in embed.items() if value})
    if request.eta:
        text += ',"eta":' + quote(request.eta.isoformat())
    if request.expires:
        text += ',"expires":' + quote(request.expires.isoformat())
    return text


#: Headers that `received` has already under its own names, or that settlement does without.
_KNOWN = frozenset(
    [
        *("lang", "id", "origin", "argsrepr", "kwargsrepr", "properties", "args", "kwargs"),
        *("delivery_info", "eta", "expires", "hostname", "correlation_id", "reply_to"),
        *("task", "root_id", "timelimit"),  # told only when they are not as usual
    ]
)


def _headers(request):
    """Each header as `"key":value`. That of a plain task are none: its root is itself."""
    headers = request.message.headers or {}
    if "id" not in headers:
        headers = request.request_dict  # protocol 1 has them in the body, beside the arguments
    told = [key for key, value in headers.items() if value and key not in _KNOWN]
    if headers["task"] != request.name:
        told.append("task")
    if headers.get("root_id") not in (None, request.id):
        told.append("root_id")
    if any(headers.get("timelimit") or ()):
        told.append("timelimit")
    return ["%s:%s" % (quote(key), _text(headers[key])) for key in told]


def _when(retry):
    when = retry.when
    if when is None or isinstance(when, (int, float)):
        return when
    return when.isoformat()

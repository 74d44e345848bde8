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
from solofleet_inside.callbacks import cause
from solofleet_inside.received import as_json, rare_fields

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


def id_of(request):
    """The id of a task as text: a number or a UUID, which Celery takes too, is none."""
    return request.id if type(request.id) is str else str(request.id)


class Report(object):
    """Says what happens to tasks and to the connection of one worker."""

    def __init__(self, channel, memory):
        self._channel = channel
        self._memory = memory
        self._rss = memory()
        self._measure_at = 0.0
        self._connected_before = False
        self._retried = None

    def listen(self):
        """Connect to the signals that Celery itself sends; kept until the process ends."""
        signals.task_received.connect(self._on_received, weak=False)
        signals.task_revoked.connect(self._on_revoked, weak=False)
        signals.task_unknown.connect(self._on_unknown, weak=False)
        signals.task_rejected.connect(self._on_rejected_message, weak=False)
        signals.task_retry.connect(self._on_retry, weak=False)

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

    def spare(self):
        """The app is imported; the name under which to work comes later."""
        self._channel.say("spare")

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
            pool_asked=str(app.conf.worker_pool),
            soft_shutdown=worker.consumer.pool.soft_shutdown_s,
        )

    def connected(self):
        """The worker consumes: for the first time, or again after the broker was lost."""
        self._channel.say("broker-back" if self._connected_before else "ready")
        self._connected_before = True

    def broker_lost(self, error):
        self._channel.say("broker-lost", error=bounded(error))

    def stopping(self, how, replace=False):
        """`replace`: another process is to take the place of this one."""
        self._channel.say("stopping", how=how, replace=replace)

    def revoking(self, ids, stamps):
        """A remote control command revoked these; the rest of the fleet is to know."""
        self._channel.say("revoking", ids=ids, stamps=stamps)

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

    def started(self, request, limit_s):
        """Written at once: from here on user code may end the process.

        `limit_s` is the hard time limit; Solofleet sees to it when this process no longer can.
        """
        self._channel.write(
            '{"kind":"started","id":%s,"name":%s,"limit":%s,"t":%.6f}'
            % (quote(id_of(request)), quote(request.name), limit_s or "null", time.time())
        )

    def ended(self, request, outcome, runtime, again=False):
        """`outcome` is what `trace_task_ret` gives: (failed, result or ExceptionInfo, runtime).

        Celery knows the runtime of a success only, hence `runtime`, in seconds, from the pool.
        `again`: nobody could be told of this end, and the broker will deliver the task anew.
        """
        failed, value, _ = outcome
        before = self._rss
        now = time.monotonic()
        if now >= self._measure_at or runtime > QUICK_S:
            self._measure_at = now + QUICK_S
            self._rss = self._memory()
        if not failed:
            return self._finished("succeeded", request, runtime, before, "result", value)
        return self._failed(request, cause(value), runtime, before, again)

    def ran_along(self, request):
        """It was one of the messages of one run; Celery itself hears of no result."""
        self._channel.say(
            "succeeded",
            id=id_of(request),
            name=request.name,
            result="ran in a batch",
            ignored=True,
            runtime=None,
        )

    def taken_away(self, request, info, runtime):
        """A hard limit passed; the main thread may still be in the task, and tells nothing."""
        self._failed(request, cause(info), runtime, self._rss)

    def _failed(self, request, error, runtime, before, again=False):
        task = {"id": id_of(request), "name": request.name}
        if isinstance(error, Retry):
            self._channel.say(
                "retried", exception=bounded(error.exc or error), eta=_when(error), **task
            )
        elif isinstance(error, Reject):
            self._channel.say("rejected", requeue=bool(error.requeue), **task)
        elif isinstance(error, Ignore):
            self._channel.say("succeeded", result="Ignore()", ignored=True, runtime=runtime, **task)
        elif self._retried == request.id:  # by retry_on_worker_lost
            self._channel.say("retried", exception=bounded(error), eta=None, **task)
        elif again or is_requeued(request.message):
            self._channel.say("rejected", requeue=True, **task)
        else:
            self._finished("failed", request, runtime, before, "exception", error)
        self._retried = None

    def _finished(self, kind, request, runtime, before, key, value):
        self._channel.keep(
            '{"kind":"%s","id":%s,"name":%s,"runtime":%.6f,"rss_before":%s,"rss_after":%s,'
            '"%s":%s,"t":%.6f}'
            % (
                kind,
                quote(id_of(request)),
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
        self._channel.say("rejected", id=id_of(request), name=request.name, requeue=True)

    def _on_received(self, request=None, **_):
        about = request.delivery_info
        self._channel.keep(
            '{"kind":"received","id":%s,"name":%s,"args":%s,"kwargs":%s,"queue":%s,"tag":%s,'
            '"retries":%d,"acks_late":%s,"redelivered":%s%s,"t":%.6f}'
            % (
                quote(id_of(request)),
                quote(request.name),
                quote((request.argsrepr or "")[:TEXT_LIMIT]),
                quote((request.kwargsrepr or "")[:TEXT_LIMIT]),
                quote(str(about["routing_key"])),
                as_json(request.message.delivery_tag),
                request.request_dict.get("retries") or 0,
                "true" if request.task.acks_late else "false",
                "true" if about["redelivered"] else "false",
                rare_fields(request),
                time.time(),
            )
        )

    def _on_revoked(self, sender=None, request=None, terminated=False, expired=False, **_):
        self._channel.say(
            "revoked",
            id=id_of(request),
            name=getattr(sender, "name", None) or request.task,
            terminated=bool(terminated),
            expired=bool(expired),
        )

    def _on_retry(self, request=None, **_):
        self._retried = request.id

    def _on_unknown(self, name=None, id=None, exc=None, **_):
        self._channel.say(
            "failed",
            id=str(id),
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
                id=str(headers["id"]),
                name=headers.get("task"),
                runtime=None,
                exception=bounded(exc),
                rss_before=None,
                rss_after=None,
            )


def is_unanswered(message):
    """Whether a message was neither acknowledged nor rejected, or the broker could not be told."""
    return getattr(message, "_state", None) == "RECEIVED"


def is_requeued(message):
    """Whether a message was given back to its queue, as reject_on_worker_lost has it."""
    return getattr(message, "_state", None) == "REQUEUED"


def _when(retry):
    when = retry.when
    if when is None or isinstance(when, (int, float)):
        return when
    return when.isoformat()

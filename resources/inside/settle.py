"""Gives the broker and the backend their answer for a worker that is gone.

Without it a message stays in Redis' `unacked` for the visibility timeout, an hour by default,
and the result stays PENDING for ever. Here the message becomes a `Request` again and hears what
prefork's parent tells it when a child is lost: `Request.on_failure(WorkerLostError)`, or what it
tells at a hard time limit, or in a cold shutdown. So hooks, errbacks, chords, `acks_late` and
`reject_on_worker_lost` follow Celery's own code, whichever version it is
(`celery/worker/request.py`). Standard library and Celery only, Python 3.8.
"""

import base64
import json
import traceback

from billiard.exceptions import TimeLimitExceeded
from celery import signals, states
from celery.apps import worker as apps_worker
from celery.backends.base import DisabledBackend
from celery.exceptions import WorkerLostError
from celery.worker.request import Request
from kombu.serialization import loads, prepare_accept_content
from kombu.utils import json as kombu_json
from solofleet_inside.asking import ask
from solofleet_inside.callbacks import as_info
from solofleet_inside.keys import reading
from solofleet_inside.queues import message_id

#: From 5.5 on a cold shutdown tells the tasks that it breaks off; before, it tells nobody.
CANCELS = hasattr(apps_worker, "on_cold_shutdown")

BROKEN_OFF = "broken off by a stop that did not wait; prefork would not run it again either"


def settle_all(app, node, held, ended_at, why, manner="lost", limit_s=None):
    """Settle each of `held`: `{id, name, tag, headers, embed, acks_late, running}`.

    `ended_at` (time.time()) is when the process was seen to be gone: a message taken after that
    belongs to another worker. `manner` is that of `core/workers/loss.py`: lost, limit (of
    `limit_s` seconds) or cold. Returns `[{id, name, state, exception}]`, `state` one of failed,
    requeued, succeeded, lost.
    """
    if not held:
        return []
    with app.connection_for_write() as connection:
        settlement = Settlement(app, connection, node, ended_at, _ending(manner, why, limit_s))
        return [settlement.settle(task) for task in held]


def _ending(manner, why, limit_s):
    """`(error, tell)`: what the running task failed with, if it did, and how its request hears."""
    if manner == "cold":
        return None, _broken_off
    if manner == "lost":
        error = WorkerLostError(why)
        return error, lambda request: request.on_failure(as_info(error), send_failed_event=False)
    error = TimeLimitExceeded(limit_s)

    def time_out(request):  # billiard's on_hard_timeout: the failure first, then the limit
        request.on_failure(as_info(error), send_failed_event=False)
        request.on_timeout(soft=False, timeout=limit_s)

    return error, time_out


def _broken_off(request):
    """What `Consumer.cancel_active_requests` does; late tasks go back without a word."""
    if request.task.acks_late:
        request.reject(requeue=True)
    elif CANCELS:
        request.time_start = request.time_start or 1.0  # it was accepted, by a pool that is gone
        request.cancel(_NoPool())


class _NoPool(object):
    def terminate_job(self, pid, signal=None):
        """There is no process any more."""


def give_back_orphans(app, taken_after, taken_before, known, timeout_s=0.5):
    """Requeue what a worker took and died with before it could tell us; the ids.

    A message counts as one when it was taken between the two instants (Unix seconds), none of our
    workers has it (`known` ids), and no worker at all claims it when asked.
    """
    with app.connection_for_write() as connection:
        channel = connection.default_channel
        if not hasattr(channel, "unacked_key"):
            return []
        with reading(channel) as (client, key):
            index, store = key(channel.unacked_index_key), key(channel.unacked_key)
            tags = client.zrangebyscore(index, taken_after, taken_before)
            orphans = {}
            for tag in tags:
                raw = client.hget(store, tag)
                id_ = raw and message_id(json.loads(raw)[0])
                if id_ and id_ not in known:
                    orphans[id_] = tag
        for id_ in _claimed(app, list(orphans), timeout_s):
            orphans.pop(id_, None)
        for tag in orphans.values():
            channel.qos.restore_by_tag(tag.decode() if isinstance(tag, bytes) else tag)
    return list(orphans)


def _claimed(app, ids, timeout_s):
    """Those of `ids` that some worker says it has; Celery < 5.7 lists ETA ones apart."""
    if not ids:
        return set()
    with ask(app, timeout_s) as inspect:
        having = inspect.query_task(ids) or {}
    with ask(app, timeout_s) as inspect:
        scheduled = inspect.scheduled() or {}
    claimed = {id_ for found in having.values() for id_ in found}
    claimed.update(entry["request"]["id"] for found in scheduled.values() for entry in found)
    return claimed


class Settlement(object):
    """The messages of one worker that is gone."""

    def __init__(self, app, connection, node, ended_at, ending):
        self._app = app
        self._channel = connection.default_channel
        self._qos = getattr(self._channel, "qos", None)
        self._redis = hasattr(self._qos, "restore_by_tag")
        self._node = node
        self._ended_at = ended_at
        self._error, self._tell = ending
        self._retried = set()
        signals.task_retry.connect(self._on_retry)

    def settle(self, task):
        try:
            state, exception = self._settle(task)
        except Exception as error:  # one bad message must not hold up the others
            state, exception = "lost", "%s: %s" % (type(error).__name__, error)
        return {"id": task["id"], "name": task["name"], "state": state, "exception": exception}

    def _settle(self, task):
        if not self._redis and (task["acks_late"] or not task["running"]):
            return "requeued", None  # other brokers take back what a lost connection held
        stored = self._stored(task["tag"])
        if not task["running"]:
            if stored is not None:
                self._qos.restore_by_tag(task["tag"])
            return "requeued", None  # not stored: it went back when the worker closed
        known = self._known(task["id"])
        if known["status"] in states.READY_STATES:
            self._acknowledge(task["tag"])
            failed = known["status"] in states.EXCEPTION_STATES
            return ("failed" if failed else "succeeded"), repr(known.get("result"))
        if stored is None and task["acks_late"]:
            # Acknowledged after its run, before the process went; only the report is lost.
            return "succeeded", "acknowledged; the app keeps no result"
        return self._end(task, stored)

    def _stored(self, tag):
        """The message as the broker keeps it while this worker has it; else None."""
        if tag is None or not self._redis:
            return None
        with reading(self._channel) as (client, key):
            taken_at = client.zscore(key(self._channel.unacked_index_key), tag)
            raw = client.hget(key(self._channel.unacked_key), tag)
        if raw is None or (taken_at is not None and taken_at > self._ended_at):
            return None
        payload, exchange, routing_key = kombu_json.loads(raw.decode("utf-8"))
        properties = payload.setdefault("properties", {})
        info = properties.setdefault("delivery_info", {})
        info.update(exchange=exchange, routing_key=routing_key)
        properties["delivery_tag"] = tag
        return self._channel.Message(payload, channel=self._channel)

    def _known(self, id_):
        if isinstance(self._app.backend, DisabledBackend):
            return {"status": states.PENDING}
        try:
            return self._app.backend.get_task_meta(id_)
        except Exception:  # such as a database without tables; the message waits all the same
            traceback.print_exc()
            return {"status": states.PENDING}

    def _on_retry(self, request=None, **_):
        self._retried.add(request.id)

    def _end(self, task, message):
        answers = []
        tag = task["tag"]

        def acknowledge(*_):
            answers.append("acknowledged")
            self._acknowledge(tag)

        def reject(_logger, _errors, requeue):
            answers.append("requeued" if requeue else "acknowledged")
            if requeue and message is not None:
                self._qos.restore_by_tag(tag)
            else:
                self._acknowledge(tag)

        request = Request(
            message or _Message(task, self._app.conf.accept_content),
            on_ack=acknowledge,
            on_reject=reject,
            app=self._app,
            hostname=self._node,
        )
        state, said = ("lost", BROKEN_OFF) if self._error is None else ("failed", repr(self._error))
        try:
            self._tell(request)
        except Exception as trouble:  # of the backend, or of the app's code that hears of results
            traceback.print_exc()
            said += "; the app could not be told: %s: %s" % (type(trouble).__name__, trouble)
        if "requeued" in answers:
            return "requeued", None
        self._acknowledge(tag)
        return ("requeued", None) if task["id"] in self._retried and self._error else (state, said)

    def _acknowledge(self, tag):
        if tag is not None and self._redis:
            self._qos._remove_from_indices(tag).execute()


class _Message(object):
    """Stands in for a message that the broker no longer has; telemetry kept what it needs."""

    content_type = "application/json"
    content_encoding = "utf-8"

    def __init__(self, task, accept):
        known = {"id": task["id"], "root_id": task["id"], "task": task["name"]}
        self.headers = dict(known, **task["headers"])
        self.properties = {"delivery_tag": task["tag"]}
        self.delivery_info = {}
        self.payload = self.body = _payload(task, accept)
        self.delivery_tag = task["tag"]


def _payload(task, accept):
    body = task.get("body")
    if body is None:
        return (), {}, task["embed"] or {}
    data = base64.b64decode(body["data"])
    return loads(data, body["type"], body["encoding"], accept=prepare_accept_content(accept))

"""Streams the events that workers send through the broker; runs in the user's interpreter.

    python events.py

stdin: one line `{"kind": "start", "app", "workdir", "broker", "plain", "argv", "nodes", "hears"}`;
`nodes` are the workers to hear, all when it is empty or missing. `hears` says what to tell besides
what workers tell of themselves: "tasks", each event of each task, which it is when missing, or
"digests", or both. The end of stdin means leave.
stdout: `{"kind": "error", "what", "why", "fix"}` when the app cannot be imported, else

- `ready` (`python`, its version): from now on events are heard;
- `lost` (`error`), `back`: the broker went and came; what was sent in between is not heard;
- `worker-online`, `worker-heartbeat`, `worker-offline` (`active`, `processed`, `celery`, `freq`:
  the seconds between two heartbeats);
- `digest`: counts, see digest.py;
- `task-received` (`args`, `kwargs`, `retries`, `eta`, `expires`), `task-started`,
  `task-succeeded` (`result`, `runtime`), `task-failed` and `task-retried` (`exception`),
  `task-revoked` (`terminated`, `expired`), `task-rejected` (`requeue`).

Workers' lines have `node`, `pid` and their own clock's `t`, tasks' lines also `id` and `name`,
as in `core/tasks/telemetry.py`; what an event does not have is left out. Standard library and
Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import os
import socket
import sys
import threading
import time
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
        return 0
    threading.Thread(target=leave_after, args=(commands,), name="commands", daemon=True).start()
    os.chdir(start["workdir"])
    sys.argv[:] = start["argv"]
    try:
        app = load(start)
    except CannotStart as error:
        channel.say("error", what=error.what, why=error.why, fix=error.fix)
        return 1
    Ear(app, channel, start.get("nodes"), start.get("hears")).listen()
    return 0


def leave_after(commands):
    """Wait for the end of stdin, in a thread: the main one waits for the broker."""
    for _ in commands:
        pass
    os._exit(0)


_WORKER = {"active": "active", "processed": "processed", "sw_ver": "celery", "freq": "freq"}

#: The events that are passed on, and which of their fields under which names.
FIELDS = {
    "worker-online": _WORKER,
    "worker-heartbeat": _WORKER,
    "worker-offline": _WORKER,
    "task-received": {key: key for key in ("args", "kwargs", "retries", "eta", "expires")},
    "task-started": {},
    "task-succeeded": {"result": "result", "runtime": "runtime"},
    "task-failed": {"exception": "exception"},
    "task-retried": {"exception": "exception"},
    "task-revoked": {"terminated": "terminated", "expired": "expired"},
    "task-rejected": {"requeue": "requeue"},
}
_FOR_ALL = {"timestamp": "t", "hostname": "node", "pid": "pid", "uuid": "id"}
_LAST = ("task-succeeded", "task-failed", "task-revoked", "task-rejected")

#: Only `task-received` tells a task's name; so many are remembered for the events that follow.
NAMES_KEPT = 10000

#: Seconds: a worker tries its own broker again after 2, 4, 6 ..., so we are back before it is.
AGAIN_FIRST_S, AGAIN_LATER_S = 0.2, 2.0
FIRST_LOOK_S, LOOK_S = 0.1, 0.25


class Ear(object):
    """Hears events, for ever."""

    def __init__(self, app, channel, nodes=None, hears=None):
        from solofleet_inside.channel import encode
        from solofleet_inside.digest import Digest
        from solofleet_inside.report import bounded

        self._app = app
        self._channel = channel
        self._nodes = frozenset(nodes or ())
        self._hears = frozenset(hears or ("tasks",))
        self._digest = Digest(channel.say)
        self._encode = encode
        self._bounded = bounded
        self._names = {}
        self._listened_before = False
        self._deaf_said = False

    def listen(self):
        """Connect, hear; when the broker goes, say so and begin again."""
        from kombu.exceptions import OperationalError

        while True:
            # Not the one for reading, with which Celery's own monitors err where the two differ:
            # workers send their events where they send tasks.
            with self._app.connection_for_write() as connection:
                lost = connection.connection_errors + connection.channel_errors
                try:
                    self._hear(connection)
                except (*lost, OperationalError) as error:
                    self._deaf(error)
            time.sleep(AGAIN_FIRST_S)

    def _hear(self, connection):
        from solofleet_inside.pubsub import Subscription

        connection.ensure_connection(
            self._deaf,
            interval_start=AGAIN_FIRST_S,
            interval_step=AGAIN_FIRST_S,
            interval_max=AGAIN_LATER_S,
        )
        receiver = self._app.events.Receiver(connection, app=self._app)
        subscription = Subscription.opened(receiver)
        if subscription is None:
            self._hear_as_celery_does(connection, receiver)
            return
        try:
            self._hear_from_redis(subscription)
        finally:
            subscription.close()

    def _hear_from_redis(self, subscription):
        messages = subscription.answered()
        self._hearing()
        while True:
            for message in messages:
                self._take(subscription.decode, message)
            self._digest.tell()
            messages = subscription.receive(LOOK_S)

    def _hear_as_celery_does(self, connection, receiver):
        from kombu import Consumer

        consumer = Consumer(
            receiver.channel,
            queues=[receiver.queue],
            callbacks=[lambda body, _message: self._take(lambda body: body, body)],
            no_ack=True,
            accept=receiver.accept,
            on_decode_error=receiver.on_decode_error,
        )
        with consumer:
            self._look(connection, FIRST_LOOK_S)
            self._hearing()
            while True:
                self._look(connection, LOOK_S)
                self._digest.tell()

    def _look(self, connection, timeout_s):
        try:
            connection.drain_events(timeout=timeout_s)
        except socket.timeout:
            connection.heartbeat_check()

    def _hearing(self):
        kind = "back" if self._listened_before else "ready"
        self._listened_before, self._deaf_said = True, False
        self._channel.say(kind, python="%d.%d.%d" % sys.version_info[:3])

    def _deaf(self, error, _interval_s=None):
        if not self._deaf_said:
            self._deaf_said = True
            self._channel.say("lost", error=self._bounded("%s: %s" % (type(error).__name__, error)))

    def _take(self, decode, message):
        """One message: an event, or a list of them. Anybody may have sent it."""
        try:
            body = decode(message)
        except Exception as error:  # whatever somebody else has put into it
            print("not an event: %r in %r" % (error, message[:500]), file=sys.stderr)
            return
        for event in body if isinstance(body, list) else [body]:
            try:
                self._pass_on(event)
            except (AttributeError, KeyError, TypeError, ValueError):
                print("not an event: %.500r" % (event,), file=sys.stderr)

    def _pass_on(self, event):
        kind = event.get("type")
        fields = FIELDS.get(kind)
        if fields is None or (self._nodes and event.get("hostname") not in self._nodes):
            return
        if "digests" in self._hears:
            self._digest.take(event)
        if "tasks" not in self._hears and fields is not _WORKER:
            return
        record = {"kind": kind}
        for names in (_FOR_ALL, fields):
            for name, ours in names.items():
                value = event.get(name)
                if value is not None:
                    record[ours] = self._bounded(value) if isinstance(value, str) else value
        if "id" in record:
            record["name"] = self._name(kind, record["id"], event.get("name"))
        self._channel.keep(self._encode(record))

    def _name(self, kind, task_id, name):
        """The task's name, if it is known."""
        names = self._names
        if name is not None:
            names[task_id] = name
            if len(names) > NAMES_KEPT:
                del names[next(iter(names))]
        return names.pop(task_id, None) if kind in _LAST else names.get(task_id)


if __name__ == "__main__":
    sys.exit(main())

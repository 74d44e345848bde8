"""The request for the next message that is on its way to Redis: a BRPOP, which waits there.

WORKAROUND, thrice, for kombu's Redis transport (`kombu/transport/redis.py`):

- It closes the connection all the same, and a message popped at that moment is gone. A fleet that
  recycles its processes would lose tasks all the time.
- A task with an ETA begins while one is out. A message that comes then lies in the socket, seen by
  nobody, until the task is over, though others are free.
- It gives a message back in two steps, the second of which forgets the message by its tag. Whoever
  has taken it in between, with the same tag, loses it.

Standard library only, Python 3.8.
"""

import select
import socket
import threading

#: Seconds between two looks at whether the task is still running.
GLANCE_S = 0.1


class Poll(object):
    """Looks after the poll of one channel at a time; other brokers have none.

    `stopping` is set once no more messages are wanted.
    """

    def __init__(self, stopping, log):
        self._stopping = stopping
        self._log = log
        self._channel = None
        self._lock = threading.Lock()
        self._delivers = False
        self._task_runs = False
        self._out = threading.Event()
        self._thread = None

    def use(self, channel):
        """A new connection."""
        self._channel = channel
        qos = getattr(channel, "qos", None)
        can_consume = getattr(qos, "can_consume", None)
        if can_consume is not None:
            qos.can_consume = lambda: not self._stopping.is_set() and can_consume()
        if hasattr(qos, "restore_by_tag"):
            qos.reject = _rejecting(qos)

    def delivering(self, handler):
        """Wrap Celery's handler of a message: while it runs the request is answered.

        kombu forgets the request only when the handler has returned.
        """

        def handle(message):
            self._delivers = True
            try:
                return handler(message)
            finally:
                self._delivers = False

        return handle

    @property
    def _is_out(self):
        return not self._delivers and bool(getattr(self._channel, "_in_poll", None))

    def task_begins(self):
        """In the main thread, which looks at no socket from here on."""
        if not self._is_out:
            return
        self._task_runs = True
        if self._thread is None:
            self._thread = threading.Thread(target=self._mind, name="poll", daemon=True)
            self._thread.start()
        self._out.set()

    def task_ends(self):
        """The main thread reads for itself again."""
        if self._task_runs:
            with self._lock:
                self._task_runs = False
                self._out.clear()

    def end(self):
        """Before the connection is closed: call off the request, and read what was on its way.

        The server hears that we say no more, and pops nothing for us from then on. A message that
        it had popped is not run, and goes back with the others. Past TLS, whose own shutdown would
        end the reading too.
        """
        if not self._is_out:
            return
        try:
            socket.socket.shutdown(self._channel.client.connection._sock, socket.SHUT_WR)
            self._channel._brpop_read()
        except Exception as error:
            self._log("No message came with the last poll: %r", error)

    def _mind(self):
        while True:
            self._out.wait()
            try:
                self._look()
            except Exception as error:  # the connection broke, which the main thread will see
                self._log("The poll beside a task broke: %r", error)
                self._out.clear()

    def _look(self):
        connection = self._channel.client.connection
        if not _readable(connection, GLANCE_S):
            return
        with self._lock:
            # Only now is it certain that the main thread is in its task and has not read that.
            if self._task_runs and _readable(connection, 0):
                self._out.clear()
                self._pass_on(connection)

    def _pass_on(self, connection):
        """Put what has come back to where it was, for a worker that is free."""
        try:
            found = self._channel.client.parse_response(connection, "BRPOP")
        finally:
            self._channel._in_poll = None
        if found:
            queue, message = found
            with self._channel.conn_or_acquire() as client:
                client.rpush(queue, message)


def _rejecting(qos):
    """QoS.reject, in one step on the server."""

    def reject(delivery_tag, requeue=False):
        if not requeue:
            return qos.ack(delivery_tag)
        qos._delivered.pop(delivery_tag, None)
        return qos.restore_by_tag(delivery_tag, leftmost=True)

    return reject


def _readable(connection, wait_s):
    return bool(select.select([connection._sock], [], [], wait_s)[0])

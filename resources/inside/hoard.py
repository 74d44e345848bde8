"""Takes as many messages ahead as production would.

A solo worker takes one message at a time: N of them never hoard, while each process of prefork has
worker_prefetch_multiplier messages waiting behind its running task. With this option each worker
does the same: a short task stuck behind a long one, or a queue that looks empty and is not, are
seen at home. Standard library and Celery only, Python 3.8.
"""

import socket
from collections import deque

#: For so long, in seconds, a message that is on its way is waited for before the next task begins.
SETTLE_S = 0.01


class Hoard(object):
    """Holds tasks until Celery's prefetch count is reached or no more come; then `run`s one."""

    def __init__(self, pool, run):
        self._pool = pool
        self._run = run
        self._tasks = deque()
        self._expected = False
        self._quiet = False
        self._seen = 0

    def put(self, *task, **options):
        """Take over one task, in the main thread."""
        self._tasks.append((task, options))
        self._expect()

    def _expect(self):
        if self._expected:
            return
        self._expected = True
        consumer = self._pool.consumer
        if consumer.hub:
            consumer.hub.call_later(SETTLE_S, self._next)
        else:
            consumer.call_soon(self._next)

    def _next(self):
        self._expected = False
        consumer = self._pool.consumer
        if not consumer.hub:
            self._drain(consumer.connection)
        elif not self._is_settled():
            return self._expect()
        self._seen = len(self._tasks) - 1
        task, options = self._tasks.popleft()
        try:
            self._run(*task, **options)
        finally:
            if self._tasks:
                self._expect()
        return None

    def _is_settled(self):
        """On the hub: whether nothing came, and nothing waited, for two looks in a row."""
        grew = len(self._tasks) > self._seen
        self._seen = len(self._tasks)
        if grew or self._more_wait():
            self._quiet = False
            return False
        self._quiet = not self._quiet
        return not self._quiet

    def _drain(self, connection):
        # Celery's own limit on what is prefetched ends it, or nothing more waits.
        while not self._pool.stopping.is_set():
            if _took(connection):
                continue
            more = self._more_wait()
            # What Redis had popped for us when it answered that is in our socket by now.
            if not _took(connection) and not more:
                return

    def _more_wait(self):
        """Whether a message lies in Redis that may be taken; other brokers are not asked."""
        channel = self._pool.consumer.task_consumer.channel
        queues = getattr(channel, "active_queues", ())
        if not queues or not channel.qos.can_consume():
            return False
        return any(channel._size(queue) for queue in queues)


def _took(connection):
    """Take one message that has come; whether there was one."""
    try:
        connection.drain_events(timeout=SETTLE_S)
    except socket.timeout:
        return False
    return True

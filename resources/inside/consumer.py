"""Celery's consumer, made to stop soon and to leave no message behind.

Standard library and Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import os
import socket
import threading
import time

from celery.utils.log import get_logger
from celery.worker import state
from celery.worker.consumer import Consumer

logger = get_logger(__name__)

#: Longest wait for one message, in seconds; Celery's own loop waits 2.0 and Windows sees a stop
#: only after it (`celery/worker/loops.py`, synloop).
DRAIN_S = 0.2


class FleetConsumer(Consumer):
    """The partner of `FleetPool`."""

    def __init__(self, *args, **kwargs):
        super(FleetConsumer, self).__init__(*args, **kwargs)
        self.pool.consumer = self
        self._held = None
        self._lost = True
        self._gone = threading.Event()
        self._waker = None

    # Stopping.

    def stop_soon(self, how):
        """Stop after the running task; may be called from any thread, more than once.

        The flag is set from the loop itself, so that the acknowledgement of the finished task,
        which waits there as well, goes first: set from a thread it made 5.2.7 and 5.4.0 put a
        finished `acks_late` task back.
        """
        if not self.pool.stopping.is_set():
            self.pool.stopping.set()
            self.pool.report.stopping(how)
            threading.Thread(target=self._insist, name="stop", daemon=True).start()

    def _insist(self):
        # A reconnect empties the hub's calls, hence the repetition.
        while True:
            if self._lost:
                state.should_stop = 0  # no loop runs; the reconnect asks maybe_shutdown
            else:
                self.call_soon(setattr, state, "should_stop", 0)
                self._wake()
            if self._gone.wait(0.5):
                return

    def _wake(self):
        if self._waker is not None:
            os.write(self._waker, b".")

    def register_with_event_loop(self, hub):
        super(FleetConsumer, self).register_with_event_loop(hub)
        if self._waker is None:
            self._sleeper, self._waker = os.pipe()
        hub.add_reader(self._sleeper, os.read, self._sleeper, 64)

    def shutdown(self):
        super(FleetConsumer, self).shutdown()
        self._gone.set()

    # The connection.

    def connection_for_read(self, heartbeat=None):
        """A connection whose waits are short and that delivers nothing once we stop."""
        connection = super(FleetConsumer, self).connection_for_read(heartbeat=heartbeat)
        drain = connection.drain_events

        def drain_briefly(timeout=None, **kwargs):
            if state.should_stop is not None:
                raise socket.timeout()
            return drain(timeout=DRAIN_S if timeout is None else min(timeout, DRAIN_S), **kwargs)

        connection.drain_events = drain_briefly
        return connection

    def on_connection_error_before_connected(self, exc):
        self.pool.report.broker_lost(exc)
        super(FleetConsumer, self).on_connection_error_before_connected(exc)

    def on_connection_error_after_connected(self, exc):
        self._lost = True
        self.pool.report.broker_lost(exc)
        self._held = self._held_messages()
        super(FleetConsumer, self).on_connection_error_after_connected(exc)

    def on_ready(self):
        super(FleetConsumer, self).on_ready()
        self._lost = False
        held, self._held = self._held, None
        if held:
            self._settle(*held)
        self.pool.spent_tags.clear()
        self.pool.report.connected()

    def _held_messages(self):
        qos = self._qos()
        tags = list(getattr(qos, "_delivered", None) or ())
        return tags, list(self.pool.spent_tags), time.time()

    def _qos(self):
        channel = getattr(self.task_consumer, "channel", None)
        return getattr(channel, "qos", None)

    def _settle(self, tags, spent, lost_at):
        """Give the broker its answer for what the lost connection held.

        Without it, such a message waits for the visibility timeout, an hour by default, and a
        task that must not run again does so then. Only for Redis: elsewhere the broker redelivers
        itself.
        """
        qos = self._qos()
        if not hasattr(qos, "restore_by_tag"):
            return
        for tag in tags:
            with qos.channel.conn_or_acquire() as client:
                taken_at = client.zscore(qos.unacked_index_key, tag)
            if taken_at is None or taken_at > lost_at:
                continue  # settled, or another worker has it by now
            if tag in spent:
                qos._remove_from_indices(tag).execute()
            else:
                qos.restore_by_tag(tag)
                logger.info("Gave back message %s, held over the loss of the broker", tag)

"""Celery's consumer, made to stop soon and to leave no message behind.

Standard library and Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import os
import socket
import threading
import time

from celery import signals
from celery.utils.log import get_logger
from celery.worker import state
from celery.worker.consumer import Consumer
from solofleet_inside.clients import keep_client
from solofleet_inside.dues import Dues
from solofleet_inside.keys import reading
from solofleet_inside.monitors import Monitors, beat_once
from solofleet_inside.poll import Poll

logger = get_logger(__name__)

#: Longest wait for one message, in seconds; Celery's own loop waits 2.0 and Windows sees a stop
#: only after it (`celery/worker/loops.py`, synloop).
DRAIN_S = 0.2
#: Heartbeats of the broker on the connection for events are read as often as this, in seconds.
GLANCE_S = 1.0


class FleetConsumer(Consumer):
    """The partner of `FleetPool`."""

    def __init__(self, *args, **kwargs):
        super(FleetConsumer, self).__init__(*args, **kwargs)
        self.pool.consumer = self
        self._held = None
        self._lost = True
        self.poll = Poll(self.pool.stopping, logger.debug)
        self.monitors = Monitors(self, lambda: self.pool.running, logger.debug)
        self._dues = Dues(lambda: self.pool.busy, self._give_back)
        self._shares = self.pool.fleet_size > 1  # others could run what comes due here
        if self._shares:
            signals.task_received.connect(self._on_received, weak=False)
        self.gone = threading.Event()
        self._waker = None

    # Stopping.

    def stop_soon(self, how, replace=False, cold=False):
        """Stop after the running task; may be called from any thread, more than once.

        `replace`: another process is to take this one's place, as prefork replaces a child.

        The flag is set from the loop itself, so that the acknowledgement of the finished task,
        which waits there as well, goes first: set from a thread it made 5.2.7 and 5.4.0 put a
        finished `acks_late` task back.
        """
        if not self.pool.stopping.is_set():
            self.pool.stopping.set()
            self.pool.report.stopping(how, replace)
            if not replace:
                self._announce("Cold" if cold else "Warm")
            threading.Thread(target=self._insist, name="stop", daemon=True).start()

    def _announce(self, how):
        """What Celery's handlers of SIGTERM and SIGQUIT tell the app (`celery/apps/worker.py`)."""
        sig, code = ("SIGTERM", 0) if how == "Warm" else ("SIGQUIT", 1)
        signals.worker_shutting_down.send(sender=self.hostname, sig=sig, how=how, exitcode=code)

    def _insist(self):
        # A reconnect empties the hub's calls, hence the repetition.
        while True:
            if self._lost:
                state.should_stop = 0  # no loop runs; the reconnect asks maybe_shutdown
            else:
                self.call_soon(setattr, state, "should_stop", 0)
                self._wake()
            if self.gone.wait(0.5):
                return

    def _wake(self):
        if self._waker is not None:
            os.write(self._waker, b".")

    def register_with_event_loop(self, hub):
        super(FleetConsumer, self).register_with_event_loop(hub)
        if self._waker is None:
            self._sleeper, self._waker = os.pipe()
        hub.add_reader(self._sleeper, os.read, self._sleeper, 64)

    def on_close(self):
        self.poll.end()
        self.monitors.flush()
        super(FleetConsumer, self).on_close()

    def shutdown(self):
        super(FleetConsumer, self).shutdown()
        self.gone.set()

    # Answers to messages.

    def call_soon_ack(self, p, *args, **kwargs):
        """Acknowledge or reject at once where that is safe, as Celery 5.7 does without a hub.

        Left for the loop's next turn, the ack of an early task would go out after its run, and
        that of a task which is taken away never.
        """
        if not self.pool.answers_here():
            return self.call_soon(p, *args, **kwargs)
        try:
            p(*args, **kwargs)
        except Exception as error:
            logger.error("A message could not be answered: %r", error, exc_info=True)
        return None

    def create_task_handler(self, *args, **kwargs):
        self.call_soon = self.call_soon_ack  # the name that Celery < 5.7 has for it
        try:
            handler = super(FleetConsumer, self).create_task_handler(*args, **kwargs)
            return self.poll.delivering(handler)
        finally:
            del self.call_soon  # the method again

    def _on_received(self, request=None, **_):
        if request.eta and not self.task_buckets[request.task.name]:
            self._dues.hold(request)

    def apply_eta_task(self, task):
        """The ETA has come; in the main thread, or on the Windows loop beside a running task."""
        if self._shares and not self._dues.claim(task):
            return  # others have it by now
        if self._shares and self.pool.busy:
            self._give_back(task)
        else:
            super(FleetConsumer, self).apply_eta_task(task)

    def _give_back(self, request):
        """In a thread of ours, while the main thread is in a task."""
        try:
            request.message.reject_log_error(logger, self.connection_errors, requeue=True)
            self.qos.decrement_eventually()
            state.task_ready(request)
            self.pool.report.given_back(request)
        except Exception as error:
            logger.error("Message %s could not be given back: %r", request.id, error, exc_info=True)

    def bucket_for_task(self, type):
        """A rate limit is meant for one worker of N processes; here N workers share it."""
        bucket = super(FleetConsumer, self).bucket_for_task(type)
        if bucket is not None:
            bucket.fill_rate /= self.pool.fleet_size
        return bucket

    # The connections.

    @property
    def heart(self):
        """What sends the heartbeats; None where they are switched off."""
        return self._heart

    @heart.setter
    def heart(self, heart):
        if heart is not None:
            beat_once(heart)
        self._heart = heart

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

    def _glance_at_events(self):
        """Look at the connection for events once a second, and without waiting there.

        WORKAROUND: on AMQP without a hub Celery 5.7 waits there 0.1 s after each task, taking a
        pool that `is_green` for one whose other tasks run meanwhile (`celery/worker/loops.py`).
        """
        connection = getattr(self.event_dispatcher, "connection", None)
        if connection is None:
            return
        drain = connection.drain_events
        looked_at = [0.0]

        def glance(timeout=None, **kwargs):
            now = time.monotonic()
            if now - looked_at[0] < GLANCE_S:
                raise socket.timeout()
            looked_at[0] = now
            return drain(timeout=0.001, **kwargs)

        connection.drain_events = glance

    def on_connection_error_before_connected(self, exc):
        self.pool.report.broker_lost(exc)
        super(FleetConsumer, self).on_connection_error_before_connected(exc)

    def on_connection_error_after_connected(self, exc):
        self._lost = True
        self._dues.forget_all()
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
        channel = getattr(self.task_consumer, "channel", None)
        self.poll.use(channel)
        keep_client(channel)
        self._glance_at_events()
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
            with reading(qos.channel) as (client, key):
                taken_at = client.zscore(key(qos.unacked_index_key), tag)
            if taken_at is None or taken_at > lost_at:
                continue  # settled, or another worker has it by now
            if tag in spent:
                qos._remove_from_indices(tag).execute()
            else:
                qos.restore_by_tag(tag)
                logger.info("Gave back message %s, held over the loss of the broker", tag)

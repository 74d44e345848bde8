"""What monitors such as Flower hear of a busy worker, on Celery's hub.

The hub's one thread is in the task, so Celery's heartbeats stop with it, and the events of the
task wait for its end: after 4 s without a heartbeat Flower calls a worker offline. Prefork's parent
goes on talking; so does this. On the Windows loop Celery itself sends both from other threads.

Standard library only, Python 3.8; Celery 5.2 to 5.7.
"""

import threading
import time

#: A process that has to go does not wait longer for a broker that does not take its events.
LAST_WORDS_S = 1.0


def beat_once(heart):
    """Let a heartbeat that the broker does not take wait for the next connection.

    WORKAROUND: Celery sends it again until the broker takes it, in the hub's one thread, which
    then neither sees that its own connection is lost nor stops (`celery/worker/heartbeat.py`,
    kombu's `Connection.ensure`).
    """
    send = heart._send
    heart._send = lambda event, retry=False: send(event, retry=False)


class Monitors(object):
    """Tells them on behalf of one `FleetConsumer`; `running` gives the task that runs, or None."""

    def __init__(self, consumer, running, log):
        self._consumer = consumer
        self._running = running
        self._log = log
        self._beating = False

    def task_begins(self):
        """In the main thread, before the task's own code: what waits goes out now."""
        if self._consumer.hub is None:
            return
        if not self._beating:
            self._beating = True
            threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        self.flush()

    def flush(self):
        """Send the events that wait for the hub; none do unless somebody asked for task events."""
        dispatcher = self._consumer.event_dispatcher
        try:
            if dispatcher is not None and any(dispatcher._group_buffer.values()):
                dispatcher.flush(errors=False)
        except Exception as error:  # the broker is away, which the hub will see
            self._log("Events could not be sent: %r", error)

    def last_words(self):
        """The process ends without the hub."""
        last = threading.Thread(target=self.flush, name="last events", daemon=True)
        last.start()
        last.join(LAST_WORDS_S)

    def _beat(self):
        """As often as the hub would, while the main thread is in a task for longer than that."""
        interval_s = 2.0
        while not self._consumer.gone.wait(interval_s):
            heart = getattr(self._consumer, "heart", None)
            if heart is None:  # switched off
                continue
            interval_s = heart.interval
            running = self._running()
            if running is None or time.monotonic() - running.started < interval_s:
                continue
            try:
                heart._send("worker-heartbeat")
            except Exception as error:
                self._log("A heartbeat could not be sent: %r", error)

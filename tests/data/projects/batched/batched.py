"""A task with a strategy of its own, which runs two messages at once, as celery-batches does."""

import os
from types import SimpleNamespace

from celery import Celery, Task, signals
from celery.worker.request import Request

app = Celery(
    "batched",
    broker=os.environ.get("CELERY_BROKER_URL", "redis://127.0.0.1:1/0"),
    backend=os.environ.get("CELERY_RESULT_BACKEND", "redis://127.0.0.1:1/0"),
)


def run(task, requests):
    task(requests[0])


class Pairs(Task):
    abstract = True
    waiting = ()

    def Strategy(self, task, app, consumer):
        def handle(message, body, ack, reject, callbacks, **_):
            request = Request(message, on_ack=ack, app=app, task=task, hostname="batched")
            self.waiting = (*self.waiting, request)
            signals.task_received.send(sender=consumer, request=request)
            if len(self.waiting) == 2:
                self.flush(consumer.pool, self.waiting)
                self.waiting = ()

        return handle

    def flush(self, pool, requests):
        def accepted(*_):
            for request in requests:
                request.acknowledge()

        def ended(_result):
            print("a pair is done")

        told = [SimpleNamespace(id=r.id, name=r.name, args=r.args) for r in requests]
        pool.apply_async(run, (self, (told,)), accept_callback=accepted, callback=ended)


@app.task(base=Pairs)
def count(requests):
    print("together %s" % sorted(request.args[0] for request in requests))


@app.task
def add(x, y=2):
    return x + y

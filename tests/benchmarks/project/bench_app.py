"""Tasks that cost nothing of their own."""

import time

from celery import Celery

app = Celery("bench_app")
app.conf.task_ignore_result = True
app.conf.broker_connection_retry_on_startup = True


@app.task
def noop():
    pass


@app.task(acks_late=True)
def nap(seconds):
    time.sleep(seconds)

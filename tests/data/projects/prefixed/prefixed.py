"""A project that shares its Redis with others: all its keys have a prefix."""

import time

from celery import Celery

app = Celery("prefixed")
app.conf.broker_transport_options = {"global_keyprefix": "shop:"}


@app.task(acks_late=True)
def nap(seconds):
    time.sleep(seconds)
    return seconds

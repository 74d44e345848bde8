"""Accepts pickle, with which Celery refuses to run as root."""

from celery import Celery

app = Celery("pickles", broker="memory://")
app.conf.accept_content = ["json", "pickle"]

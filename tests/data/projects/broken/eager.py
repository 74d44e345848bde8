"""Settings for development: no task is sent anywhere."""

from celery import Celery

app = Celery("eager", broker="redis://127.0.0.1:1/0", backend="redis://127.0.0.1:1/0")
app.conf.task_always_eager = True


@app.task
def add(x, y=2):
    return x + y

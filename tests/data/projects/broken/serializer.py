"""Results in a form for which nothing is installed."""

from celery import Celery

app = Celery("serializer", broker="redis://127.0.0.1:1/0", backend="redis://127.0.0.1:1/0")
app.conf.update(result_serializer="smoke", accept_content=["json", "smoke"])


@app.task
def add(x, y=2):
    return x + y

"""A task that is not sent again before it has ended, as with celery-singleton."""

from celery import Celery, Task

app = Celery("single", broker="redis://127.0.0.1:1/0", backend="redis://127.0.0.1:1/0")


class Single(Task):
    abstract = True
    first = None

    def apply_async(self, *args, **kwargs):
        if self.first is None:
            self.first = super().apply_async(*args, **kwargs).id
        return self.AsyncResult(self.first)


@app.task(base=Single)
def add(x, y=2):
    return x + y

from celery import Celery

app = Celery("routed", broker="redis://127.0.0.1:1/0", backend="redis://127.0.0.1:1/0")
app.conf.task_routes = {"routed.render": "slow", "routed.scale": "slow"}


@app.task
def render():
    pass


@app.task
def scale():
    pass


@app.task
def add(x, y):
    return x + y

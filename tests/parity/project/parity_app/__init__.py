"""An app that is what a scenario wants: settings and tasks come in the variable PARITY.

PARITY is `{"conf": {setting: value}, "tasks": {name: {"act": ACT, "options": {...}}}}`. Every act
is a task under its own name as well, without options. PARITY_NOTES is the URL of the Redis
database that gets the notes; the broker comes in Celery's own variables.
"""

import builtins
import json
import os

from celery import Celery

from parity_app import blocking, bodies, deaths, endings, hearing, hooks, processes

WANTED = json.loads(os.environ.get("PARITY", '{"conf": {}, "tasks": {}}'))
ACTS = {
    name: act
    for module in (blocking, deaths, endings, processes)
    for name, act in vars(module).items()
    if callable(act) and not name.startswith("_") and act.__module__ == module.__name__
}

app = Celery(
    "parity_app",
    broker=os.environ["CELERY_BROKER_URL"],
    backend=os.environ["CELERY_RESULT_BACKEND"],
    task_cls=hooks.Hooked,
)
app.conf.update(WANTED["conf"])
hearing.listen()


def register(name, act, options):
    """Make a task; exceptions in `options` are named, as JSON has none."""
    known = {
        key: tuple(getattr(builtins, each) for each in value) if key == "autoretry_for" else value
        for key, value in options.items()
    }
    app.task(bind=True, name=name, **known)(bodies.noted(ACTS[act]))


for act in ACTS:
    register(act, act, {})
for name, task in WANTED["tasks"].items():
    register(name, task["act"], task["options"])

"""Notes each method of a task that Celery calls and users override."""

from celery import Task

from parity_app.notes import note


class Hooked(Task):
    """The base of every task of this app."""

    def before_start(self, task_id, args, kwargs):
        note("signal", "before_start", task_id)

    def on_success(self, retval, task_id, args, kwargs):
        note("signal", "on_success", task_id)

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        note("signal", "on_failure", task_id)

    def on_retry(self, exc, task_id, args, kwargs, einfo):
        note("signal", "on_retry", task_id)

    def after_return(self, status, retval, task_id, args, kwargs, einfo):
        note("signal", "after_return " + status, task_id)

"""Notes each signal of Celery that people use."""

from celery import signals

from parity_app.notes import note

OF_A_TASK = {
    "task_prerun": lambda sender, given: given["task_id"],
    "task_postrun": lambda sender, given: given["task_id"],
    "task_success": lambda sender, given: sender.request.id,
    "task_failure": lambda sender, given: given["task_id"],
    "task_retry": lambda sender, given: given["request"].id,
    "task_revoked": lambda sender, given: given["request"].id,
    "task_received": lambda sender, given: given["request"].id,
    "task_internal_error": lambda sender, given: given["task_id"],
    "task_unknown": lambda sender, given: given["id"],
    "task_rejected": lambda sender, given: given["message"].headers["id"],
}
OF_A_WORKER = (
    "celeryd_init",
    "celeryd_after_setup",
    "worker_init",
    "worker_before_create_process",
    "worker_process_init",
    "worker_ready",
    "worker_process_shutdown",
    "worker_shutdown",
)


def listen():
    """Connect for as long as the process lives."""
    for name, find in OF_A_TASK.items():
        getattr(signals, name).connect(_hearer(name, find), weak=False)
    for name in OF_A_WORKER:
        getattr(signals, name).connect(_hearer(name), weak=False)
    signals.worker_shutting_down.connect(_shutting_down, weak=False)


def _hearer(name, find=None):
    def hear(sender=None, **given):
        note("signal", name, find and find(sender, given))

    return hear


def _shutting_down(how=None, **_given):
    note("signal", "worker_shutting_down " + how)

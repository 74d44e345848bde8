"""Where a fleet does not do as prefork does: each with its reason, for the document."""

DIFFERENCES: dict[str, str] = {
    "multiprocessing_in_a_task": (
        "it works, as in any process of its own; `--daemonic` refuses it as prefork does"
    ),
    "priority_and_prefetch": (
        "a worker takes one message at a time, so the more urgent task is first; `--hoard` fetches"
        " ahead as prefork does"
    ),
    "soft_stop_in_time": (
        "prefork's main process sleeps through the soft time, does not see that the task has ended,"
        " and announces a retry that never comes; a fleet announces none. Both leave SUCCESS"
    ),
}
"""By the name of the scenario. One that is listed and agrees fails as well."""

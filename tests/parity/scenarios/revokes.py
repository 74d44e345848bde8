"""Revoking tasks that wait, that run, and that are held until their time."""

from typing import Any

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side

LONG_S = 60


def _run_and_revoke_behind(side: Side, **options: Any) -> None:
    """A task runs, and another one, which waits behind it, is revoked."""
    side.hold("running")
    side.send("waiting", "echo", "never")
    side.revoke("waiting", **options)


def _while_it_waits(side: Side) -> None:
    _run_and_revoke_behind(side)
    side.release("running")
    side.until_state("waiting")


def _stamped_while_it_waits(side: Side) -> None:
    side.hold("running")
    side.signature("waiting", "echo", "never").stamp(customer="acme").apply_async()
    side.signature("other", "echo", "of somebody else").stamp(customer="else").apply_async()
    side.revoke_stamped({"customer": "acme"})
    side.release("running")


def _held_for_later(side: Side) -> None:
    side.send("later", "echo", "never", countdown=4)
    side.until_signalled("later", "task_received")
    side.revoke("later")


def _terminate(side: Side, signal: str, task_name: str = "nap") -> None:
    side.send("running", task_name, LONG_S)
    side.until_runs("running")
    side.revoke("running", terminate=True, signal=signal)
    side.until_state("running")
    side.send("behind", "echo", "here")


def _terminate_slow(side: Side) -> None:
    side.send("slow", "slow_to_leave", 1)
    side.until_runs("slow")
    side.revoke("slow", terminate=True)
    side.until_noted("slow", "cleaned up")


def _terminate_immovable(side: Side) -> None:
    side.send("immovable", "immovable", 1)
    side.until_runs("immovable")
    side.revoke("immovable", terminate=True)
    side.until_noted("immovable", "end")


def _terminate_stamped(side: Side) -> None:
    side.signature("running", "nap", LONG_S).stamp(customer="acme").apply_async()
    side.signature("other", "held").stamp(customer="else").apply_async()
    side.until_runs("running", "other")
    side.revoke_stamped({"customer": "acme"}, terminate=True)
    side.until_state("running")
    side.release("other")


def _revoke_running(side: Side) -> None:
    side.hold("running")
    side.revoke("running")
    side.release("running")


def _terminate_before_it_runs(side: Side) -> None:
    _run_and_revoke_behind(side, terminate=True)
    side.release("running")


def _terminate_one_of_two(side: Side) -> None:
    side.send("running", "nap", LONG_S)
    side.send("beside", "held")
    side.until_runs("running", "beside")
    side.revoke("running", terminate=True)
    side.until_state("running")
    side.release("beside")


def _revoked_then_death(side: Side) -> None:
    _run_and_revoke_behind(side)
    side.kill_process_of("running")


def _revoked_then_replaced(side: Side) -> None:
    side.hold("running")
    side.send("next", "echo", 1)
    side.send("waiting", "echo", "never")
    side.revoke("waiting")
    side.release("running")


SCENARIOS = (
    Scenario(
        "revoke_before_it_runs",
        "A revoked task that waits behind another never runs",
        _while_it_waits,
    ),
    Scenario(
        "revoke_by_stamp_before_it_runs",
        "`revoke_by_stamped_headers` discards what bears the stamp, and only that",
        _stamped_while_it_waits,
    ),
    Scenario(
        "revoke_what_is_held_for_later",
        "A task with a countdown that is revoked before its time never runs",
        _held_for_later,
    ),
    Scenario(
        "revoke_outlives_a_death",
        "A task stays revoked when the process before it dies",
        _revoked_then_death,
        not_on_windows="the text has a signal's name",
    ),
    Scenario(
        "revoke_outlives_max_tasks",
        "A task stays revoked when processes are replaced before it",
        _revoked_then_replaced,
        conf={"worker_max_tasks_per_child": 1},
    ),
    Scenario(
        "revoke_without_terminate",
        "`revoke` without `terminate` lets a running task finish",
        _revoke_running,
    ),
    Scenario(
        "terminate_running",
        "`revoke(terminate=True)` ends the process; `finally` runs",
        lambda side: _terminate(side, "SIGTERM"),
    ),
    Scenario(
        "terminate_running_with_sigkill",
        "`revoke(terminate=True, signal='SIGKILL')`: no `finally`",
        lambda side: _terminate(side, "SIGKILL"),
        not_on_windows="there is no SIGKILL",
    ),
    Scenario(
        "terminate_running_late",
        "An `acks_late` task that is terminated does not run again",
        lambda side: _terminate(side, "SIGTERM", "late"),
        tasks={"late": task("nap", acks_late=True, reject_on_worker_lost=True)},
    ),
    Scenario(
        "terminate_and_long_cleaning",
        "A `finally` that takes its time is waited for when a task is terminated",
        _terminate_slow,
    ),
    Scenario(
        "terminate_swallowed",
        "A task that swallows the SystemExit of its termination goes on",
        _terminate_immovable,
    ),
    Scenario(
        "terminate_before_it_runs",
        "`revoke(terminate=True)` of a task that waits kills nothing",
        _terminate_before_it_runs,
    ),
    Scenario(
        "terminate_one_of_two",
        "A task beside the one that is terminated is not disturbed",
        _terminate_one_of_two,
        workers=2,
    ),
    Scenario(
        "terminate_by_stamp",
        "`revoke_by_stamped_headers(terminate=True)` kills what bears the stamp, and only that",
        _terminate_stamped,
        workers=2,
    ),
)

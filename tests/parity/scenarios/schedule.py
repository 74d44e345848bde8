"""When a task runs: retries, countdowns, rate limits, priorities, expiry."""

import time
from contextlib import suppress

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side
from tests.support.waiting import wait_until

RATE_S = 0.5
FETCHED_S = 3.0


def _countdowns(side: Side) -> None:
    """Two that come due at the same moment meet, or wait in vain for each other.

    One worker of a fleet gets both, as the other one is busy when they are sent.
    """
    side.hold("busy")
    for label in ("one", "two"):
        side.send(label, "meet", 2, "parity:countdowns", countdown=2)
    for label in ("one", "two"):
        side.until_signalled(label, "task_received")
    side.release("busy")


def _many_countdowns(side: Side) -> None:
    for number in range(6):
        side.send(f"later-{number}", "echo", number, countdown=1 + number % 2)


def _countdowns_while_busy(side: Side) -> None:
    """One process is busy until all have run; the other one is free."""
    labels = [f"later-{number}" for number in range(4)]
    for label in labels:
        side.send(label, "echo", countdown=1)
    for label in labels:
        side.until_signalled(label, "task_received")
    side.hold("busy")
    side.until_runs(*labels)
    side.release("busy")


def _countdown_and_death(side: Side) -> None:
    side.send("later", "echo", countdown=2)
    side.until_signalled("later", "task_received")
    side.send("dies", "die", "os._exit(7)")


def _rate(side: Side) -> None:
    labels = [f"limited-{number}" for number in range(5)]
    for number, label in enumerate(labels):
        side.send(label, "limited", number)
    for label in labels:
        side.until_state(label)
    begun = sorted(side.ran(label, "begin")[0]["t"] for label in labels)
    least_s = RATE_S * (len(labels) - 1)
    side.found["kept to the rate"] = begun[-1] - begun[0] > 0.8 * least_s


def _priorities(side: Side) -> None:
    side.hold("holds", task="late_held")
    for priority in (9, 6, 3, 0):
        side.send(f"priority-{priority}", "late_echo", priority, priority=priority)
    side.release("holds")


def _fetched_ahead(side: Side) -> None:
    """A more urgent task comes when the first of those that wait is fetched already."""
    side.control("cancel_consumer", queue="celery")
    side.until_deaf()
    side.send("holds", "held")
    side.send("first", "echo", priority=9)
    side.control("add_consumer", queue="celery")
    side.until_runs("holds")
    with suppress(AssertionError):
        wait_until(lambda: side.waiting() == 0, FETCHED_S, "the first to be fetched")
    side.send("urgent", "echo", priority=0)
    side.release("holds")


def _expired(side: Side) -> None:
    side.hold("holds")
    side.send("expired", "echo", expires=0.3)
    expired_at = time.monotonic() + 0.3
    side.send("in-time", "echo", expires=60)
    wait_until(lambda: time.monotonic() > expired_at, 1, "the time to pass")
    side.release("holds")


SCENARIOS = (
    Scenario(
        "retry",
        "A task retries twice, with a countdown, and returns",
        lambda side: side.send("again", "again", 2, 0.2),
    ),
    Scenario(
        "retry_exhausted",
        "A task retries until `max_retries`",
        lambda side: side.send("gives-up", "gives_up", 0.1),
        tasks={"gives_up": task("give_up", max_retries=2)},
    ),
    Scenario(
        "autoretry_exhausted",
        "`autoretry_for` until `max_retries`",
        lambda side: side.send("fails", "fails"),
        tasks={
            "fails": task(
                "fail",
                autoretry_for=["ValueError"],
                max_retries=2,
                default_retry_delay=0,
                retry_kwargs={"countdown": 0.1},
            )
        },
    ),
    Scenario(
        "countdowns_at_once",
        "Countdowns end together: the tasks run at the same time",
        _countdowns,
        workers=2,
    ),
    Scenario("countdowns", "Six countdowns", _many_countdowns, workers=2),
    Scenario(
        "countdowns_while_busy",
        "Countdowns end while one of two processes is busy: the other one runs the tasks",
        _countdowns_while_busy,
        workers=2,
    ),
    Scenario(
        "countdown_outlives_a_death",
        "A task that is held for later runs in time though a process dies meanwhile",
        _countdown_and_death,
    ),
    Scenario(
        "rate_limit",
        "`rate_limit` of a task, with one process",
        _rate,
        tasks={"limited": task("echo", rate_limit=f"{round(1 / RATE_S)}/s")},
    ),
    Scenario(
        "rate_limit_of_two",
        "`rate_limit` of a task, with two processes: it is the limit of both together",
        _rate,
        workers=2,
        tasks={"limited": task("echo", rate_limit=f"{round(1 / RATE_S)}/s")},
    ),
    Scenario(
        "priority",
        "Tasks that wait run by priority (`acks_late`, `worker_prefetch_multiplier=1`)",
        _priorities,
        tasks={
            "late_held": task("held", acks_late=True),
            "late_echo": task("echo", acks_late=True),
        },
        conf={"worker_prefetch_multiplier": 1},
        ordered=True,
    ),
    Scenario(
        "priority_and_prefetch",
        "A task that is fetched ahead runs before a more urgent one that comes later",
        _fetched_ahead,
        ordered=True,
    ),
    Scenario(
        "priority_and_a_hoard",
        "The same, of a fleet that is asked to fetch ahead",
        _fetched_ahead,
        ordered=True,
        wishes={"hoard": True},
    ),
    Scenario("expires", "A task that expired before it could run", _expired),
)

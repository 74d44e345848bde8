"""Stopping while tasks run, and starting again."""

from collections.abc import Callable

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side
from tests.parity.workers import Stop

ENDING = {
    "early": task("held"),
    "late": task("held", acks_late=True),
}
"""They run until the stop begins, and then for so many seconds."""
LASTING = {
    "early": task("nap_once"),
    "late": task("nap_once", acks_late=True),
}
"""They run for so many seconds, and not so long a second time."""
LONG_S = 60


def _stop(
    how: Stop, early_s: float, late_s: float, *, behind: bool = False, ends: bool = True
) -> Callable[[Side], None]:
    """Stop while an early and a late task run; look what is left; start again."""

    def drive(side: Side) -> None:
        side.send("early", "early", early_s, ends=ends)
        side.send("late", "late", late_s)
        side.until_runs("early", "late")
        if behind:
            for number in range(4):
                side.send(f"behind-{number}", "echo", number)
        side.release("early", "late")
        side.stop(how)
        labels = ("early", "late", *(f"behind-{n}" for n in range(4) if behind))
        side.found["states when stopped"] = {label: side.state(label) for label in labels}
        side.found["queue when stopped"] = side.waiting()
        side.found["unacked when stopped"] = side.unacked()
        side.start()

    return drive


def _idle(how: Stop) -> Callable[[Side], None]:
    def drive(side: Side) -> None:
        side.stop(how)
        side.start()

    return drive


def _with_countdown(side: Side) -> None:
    side.send("later", "echo", countdown=4)
    side.until_signalled("later", "task_received")
    side.stop(Stop.WARM)
    side.found["queue when stopped"] = side.waiting()
    side.start()


SCENARIOS = (
    Scenario(
        "warm_stop",
        "A warm stop lets running tasks finish, and leaves what waits in the queue",
        _stop(Stop.WARM, 1.5, 1.5, behind=True),
        workers=2,
        tasks=ENDING,
    ),
    Scenario(
        "warm_stop_idle", "A warm stop of idle workers", _idle(Stop.WARM), workers=2, life=True
    ),
    Scenario(
        "warm_stop_with_a_countdown",
        "A warm stop gives back what was held for later",
        _with_countdown,
    ),
    Scenario(
        "cold_stop",
        "A cold stop ends running tasks: a late one runs again, an early one is RETRY for ever",
        _stop(Stop.COLD, LONG_S, LONG_S, ends=False),
        workers=2,
        tasks=LASTING,
        life=True,
    ),
    Scenario(
        "cold_stop_with_a_queue",
        "A cold stop leaves what waits in the queue",
        _stop(Stop.COLD, LONG_S, LONG_S, behind=True, ends=False),
        workers=2,
        tasks=LASTING,
    ),
    Scenario(
        "cold_stop_idle", "A cold stop of idle workers", _idle(Stop.COLD), workers=2, life=True
    ),
    Scenario(
        "soft_stop_in_time",
        "A soft stop waits for tasks that end within `worker_soft_shutdown_timeout`",
        _stop(Stop.COLD, 1, 1),
        workers=2,
        tasks=ENDING,
        conf={"worker_soft_shutdown_timeout": 5.0},
    ),
    Scenario(
        "soft_stop_too_long",
        "A soft stop ends tasks that take longer, as a cold one does",
        _stop(Stop.COLD, LONG_S, LONG_S, ends=False),
        workers=2,
        tasks=LASTING,
        conf={"worker_soft_shutdown_timeout": 1.0},
    ),
)

"""Soft and hard time limits."""

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side

NO_SIGNAL = "a thread of Windows can end a sleep and Python code, but no other wait"
NAP_S = 30


def _send_nap(side: Side) -> None:
    side.send("nap", "nap", NAP_S)


def _send_limited(side: Side) -> None:
    side.send("limited", "limited", NAP_S)


def _then_another(side: Side) -> None:
    """What waits behind a task that is ended runs as ever."""
    side.send("limited", "limited", NAP_S)
    side.send("behind", "echo", "here")


def _beside_another(side: Side) -> None:
    side.send("limited", "limited", NAP_S)
    side.send("beside", "held")
    side.until_state("limited")
    side.release("beside")


def _waits_in(kind: str, why_not: str = NO_SIGNAL) -> Scenario:
    return Scenario(
        f"soft_limit_ends_{kind}",
        f"The soft limit ends a wait in `{_CALLS[kind]}` when it is due",
        lambda side: side.send("waits", "wait_in", kind, soft_time_limit=1),
        not_on_windows=why_not,
    )


_CALLS = {
    "sleep": "time.sleep",
    "socket": "socket.recv",
    "lock": "Lock.acquire",
    "event": "Event.wait",
    "queue": "Queue.get",
    "subprocess": "subprocess.run",
}

SCENARIOS = (
    Scenario(
        "soft_limit_of_the_task",
        "`@app.task(soft_time_limit=…)` raises SoftTimeLimitExceeded; `finally` runs",
        _then_another,
        tasks={"limited": task("nap", soft_time_limit=1)},
    ),
    Scenario(
        "soft_limit_of_the_call",
        "`apply_async(soft_time_limit=…)`; the task cleans up and returns",
        lambda side: side.send("tidy", "tidy", NAP_S, soft_time_limit=1),
    ),
    Scenario(
        "soft_limit_of_the_settings",
        "`task_soft_time_limit`",
        _send_nap,
        conf={"task_soft_time_limit": 1},
    ),
    Scenario(
        "soft_limit_swallowed",
        "A task that swallows the soft limit goes on and succeeds",
        lambda side: side.send("stubborn", "stubborn", 0.2, soft_time_limit=1),
    ),
    Scenario(
        "soft_limit_in_python_code",
        "The soft limit ends a task that computes",
        lambda side: side.send("spin", "spin", NAP_S, soft_time_limit=1),
    ),
    Scenario(
        "soft_limit_of_a_late_task",
        "The message of an `acks_late` task that reached its soft limit is acknowledged",
        _then_another,
        tasks={"limited": task("nap", soft_time_limit=1, acks_late=True)},
    ),
    Scenario(
        "soft_limit_and_autoretry",
        "`autoretry_for=(Exception,)` retries a task that reached its soft limit",
        _send_limited,
        tasks={
            "limited": task(
                "nap_once",
                soft_time_limit=1,
                autoretry_for=["Exception"],
                default_retry_delay=0,
                retry_kwargs={"countdown": 0},
            )
        },
    ),
    _waits_in("sleep", ""),
    *(_waits_in(kind) for kind in ("socket", "lock", "event", "queue", "subprocess")),
    Scenario(
        "hard_limit_of_the_task",
        "`@app.task(time_limit=…)`: `finally` has 0.1 s, then the process is killed",
        _then_another,
        tasks={"limited": task("nap", time_limit=1)},
    ),
    Scenario(
        "hard_limit_of_the_call",
        "`apply_async(time_limit=…)`",
        lambda side: side.send("nap", "nap", NAP_S, time_limit=1),
    ),
    Scenario(
        "hard_limit_of_the_settings",
        "`task_time_limit`",
        _send_nap,
        conf={"task_time_limit": 1},
    ),
    Scenario(
        "call_overrides_the_limit",
        "The limit of a call goes before that of its task",
        lambda side: side.send("nap", "limited", 1.5, time_limit=20, soft_time_limit=10),
        tasks={"limited": task("nap", time_limit=1)},
    ),
    Scenario(
        "soft_then_hard_limit",
        "A task that swallows the soft limit is killed at the hard one",
        lambda side: side.send("stubborn", "stubborn", NAP_S, soft_time_limit=1, time_limit=3),
    ),
    Scenario(
        "hard_limit_swallowed",
        "A task that swallows even the SystemExit of the hard limit is killed",
        lambda side: side.send("immovable", "immovable", NAP_S, time_limit=1),
    ),
    Scenario(
        "hard_limit_and_long_cleaning",
        "A `finally` that takes longer than 0.1 s is not waited for at the hard limit",
        lambda side: side.send("slow", "slow_to_leave", 10, time_limit=1),
    ),
    Scenario(
        "hard_limit_late_acked",
        "`acks_late`: after the hard limit the message is acknowledged, by default",
        _then_another,
        tasks={"limited": task("nap", time_limit=1, acks_late=True)},
    ),
    Scenario(
        "hard_limit_late_not_acked",
        "`acks_late, acks_on_timeout=False`: after the hard limit the message runs again",
        _then_another,
        tasks={"limited": task("nap_once", time_limit=1, acks_late=True, acks_on_timeout=False)},
    ),
    Scenario(
        "hard_limit_on_one_of_two",
        "A task beside the one that is killed at its limit is not disturbed",
        _beside_another,
        workers=2,
        tasks={"limited": task("nap", time_limit=1)},
    ),
)

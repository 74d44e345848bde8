"""When a message is acknowledged, rejected, given back."""

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side


def _fail_both(side: Side) -> None:
    side.send("early", "fail")
    side.send("late", "late")


SCENARIOS = (
    Scenario("ignore", "`raise Ignore`", lambda side: side.send("ignored", "ignore", ends=False)),
    Scenario(
        "reject",
        "`raise Reject(requeue=False)`, early and late",
        lambda side: (
            side.send("early", "reject", False),
            side.send("late", "late", False),
        )[0],
        tasks={"late": task("reject", acks_late=True)},
    ),
    Scenario(
        "reject_and_requeue",
        "`raise Reject(requeue=True)` of an `acks_late` task: it runs again",
        lambda side: side.send("rejected", "rejected", True),
        tasks={"rejected": task("reject", acks_late=True)},
    ),
    Scenario(
        "failure",
        "A task that fails, early and late",
        _fail_both,
        tasks={"late": task("fail", acks_late=True)},
    ),
    Scenario(
        "failure_not_acked",
        "`acks_on_failure_or_timeout=False`: the message of a task that fails is thrown away",
        lambda side: side.send("late", "late"),
        tasks={"late": task("fail", acks_late=True, acks_on_failure_or_timeout=False)},
    ),
    Scenario(
        "unregistered",
        "A message of a task that the app does not have",
        lambda side: (side.send("unknown", "no.such.task"), side.send("behind", "echo"))[0],
    ),
    Scenario(
        "wrong_arguments",
        "A task is called with too many arguments",
        lambda side: side.send("wrong", "add", 1, 2, 3),
    ),
    Scenario(
        "request_of_the_task",
        "What a task reads of its own `request`",
        lambda side: side.send("asks", "tell_request", time_limit=50, soft_time_limit=40),
    ),
)

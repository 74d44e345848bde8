"""Remote control: what workers answer, and what they are told to change."""

from tests.parity.scenario import Scenario
from tests.parity.side import Side


def _inspect(side: Side) -> None:
    side.send("later", "echo", countdown=6)
    side.until_signalled("later", "task_received")
    side.hold("one", "two")
    side.found["active"] = side.inspect("active")
    side.found["scheduled"] = side.inspect("scheduled")
    side.release("one", "two")


def _limit(side: Side) -> None:
    side.control("time_limit", task_name="nap", hard=1)
    side.send("limited", "nap", 5)


def _limit_outlives_a_death(side: Side) -> None:
    side.control("time_limit", task_name="nap", soft=1)
    side.send("dies", "die", "os._exit(7)")
    side.until_state("dies")
    side.send("limited", "nap", 5)


def _pause(side: Side) -> None:
    """No worker takes from a queue that all have been told to leave."""
    side.control("cancel_consumer", queue="celery")
    side.until_deaf()
    side.send("waiting", "echo")
    side.found["waits"] = side.waiting()
    side.control("add_consumer", queue="celery")


def _shutdown(side: Side) -> None:
    side.send("running", "held", 1.5)
    side.until_runs("running")
    side.app.control.shutdown()
    side.release("running")
    side.wait_gone()
    side.found["state when gone"] = side.state("running")
    side.start()


SCENARIOS = (
    Scenario(
        "inspect_while_busy",
        "`inspect active` and `inspect scheduled` are answered while all processes are busy",
        _inspect,
        workers=2,
    ),
    Scenario("limit_by_remote_control", "`control.time_limit` of a task", _limit, workers=2),
    Scenario(
        "limit_outlives_a_death",
        "What remote control has changed is still so when a process has died",
        _limit_outlives_a_death,
    ),
    Scenario(
        "pause_by_remote_control",
        "`control.cancel_consumer` and `control.add_consumer`",
        _pause,
        workers=2,
    ),
    Scenario(
        "shutdown_by_remote_control",
        "`control.shutdown` lets the running task finish",
        _shutdown,
    ),
)

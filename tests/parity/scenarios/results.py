"""What is stored of a task."""

from tests.parity.scenario import Scenario, task

SCENARIOS = (
    Scenario(
        "success",
        "A task that returns",
        lambda side: side.send("echo", "echo", {"a": [1, None, "ü"]}),
    ),
    Scenario(
        "track_started",
        "`task_track_started`",
        lambda side: (
            side.send("runs", "held"),
            side.until_state("runs", "STARTED"),
            side.release("runs"),
        )[0],
        conf={"task_track_started": True},
    ),
    Scenario(
        "ignore_result",
        "`ignore_result=True` stores nothing",
        lambda side: side.send("silent", "silent", 5, ends=False),
        tasks={"silent": task("echo", ignore_result=True)},
    ),
    Scenario(
        "errors_even_if_ignored",
        "`store_errors_even_if_ignored` stores a failure all the same",
        lambda side: side.send("silent", "silent"),
        tasks={"silent": task("fail", ignore_result=True, store_errors_even_if_ignored=True)},
    ),
    Scenario(
        "ignored_result_of_a_death",
        "`ignore_result=True`: nothing is stored of a process that died either",
        lambda side: side.send("silent", "silent", "os._exit(7)", ends=False),
        tasks={"silent": task("die", ignore_result=True)},
    ),
    Scenario(
        "large_result",
        "A result of 5 MB",
        lambda side: side.send("big", "big", 5_000_000),
    ),
    Scenario(
        "unpicklable_result",
        "A result that nothing can encode",
        lambda side: side.send("lock", "unencodable"),
    ),
    Scenario(
        "unreadable_result",
        "A result that JSON cannot encode",
        lambda side: side.send("odd", "unreadable"),
    ),
    Scenario(
        "unpicklable_exception",
        "An exception that cannot be pickled",
        lambda side: side.send("locked", "throw_locked"),
    ),
    Scenario(
        "unmakeable_exception",
        "An exception that cannot be made anew from its arguments",
        lambda side: side.send("two-part", "throw_two_part"),
    ),
)

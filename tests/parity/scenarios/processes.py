"""The processes of the pool: how long they live, what they know of themselves."""

from collections.abc import Callable

from tests.parity.scenario import Scenario
from tests.parity.side import Side


def _runs(task: str, *args: object, times: int = 5) -> Callable[[Side], None]:
    def drive(side: Side) -> None:
        for number in range(times):
            side.send(f"run-{number}", task, *args)

    return drive


def _indexes(side: Side) -> None:
    labels = ["one", "two", "three"]
    for label in labels:
        side.send(label, "index", len(labels), "parity:indexes")
    for label in labels:
        side.until_state(label)
    values = [note["value"] for label in labels for note in side.ran(label, "index")]
    side.found["indexes"] = sorted(values, key=str)


SCENARIOS = (
    Scenario(
        "idle_life",
        "The signals of a worker that starts, runs a task and stops",
        lambda side: side.send("task", "echo", 1),
        life=True,
    ),
    Scenario(
        "max_tasks_per_child",
        "`worker_max_tasks_per_child=2` replaces the process after two tasks",
        _runs("count_runs", times=4),  # and one afterwards: the last process stays
        conf={"worker_max_tasks_per_child": 2},
        life=True,
        ordered=True,
    ),
    Scenario(
        "max_memory_per_child",
        "`worker_max_memory_per_child` replaces the process after the task that grew beyond",
        _runs("hog", 80),
        conf={"worker_max_memory_per_child": 200_000},
        ordered=True,
    ),
    Scenario(
        "module_state",
        "What a task leaves in a module is there for the next one in that process",
        _runs("count_runs"),
        ordered=True,
    ),
    Scenario(
        "process_index",
        "`billiard.current_process().index` is the process's place in the pool",
        _indexes,
        workers=3,
    ),
    Scenario(
        "alarm_in_a_task",
        "A task may use `signal.setitimer` and a handler of its own",
        lambda side: side.send("rings", "alarm"),
        not_on_windows="there is no SIGALRM",
    ),
    Scenario(
        "multiprocessing_in_a_task",
        "`multiprocessing.Process` in a task is refused: the pool's processes are daemons",
        lambda side: side.send("starts", "multiprocess"),
    ),
    Scenario(
        "multiprocessing_in_a_daemonic_fleet",
        "The same, of a fleet that is asked to refuse it",
        lambda side: side.send("starts", "multiprocess"),
        wishes={"daemonic": True},
    ),
)

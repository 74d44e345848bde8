"""The process of a task dies: by itself, by others, in each way of acknowledging."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.parity.scenario import Scenario, task
from tests.parity.side import Side

LONG_S = 60

MODES: dict[str, tuple[str, dict[str, Any]]] = {
    "early": ("acknowledged early", {}),
    "late": ("`acks_late`", {"acks_late": True}),
    "requeued": (
        "`acks_late, reject_on_worker_lost`: runs again",
        {"acks_late": True, "reject_on_worker_lost": True},
    ),
}
WAYS = {
    "sys_exit": "sys.exit(7)",
    "os_exit": "os._exit(7)",
    "sigkill": "SIGKILL",
    "segfault": "segfault",
}
ON_WINDOWS = {"sigkill": "there is no SIGKILL", "segfault": "the text has a signal's name"}


def _family() -> Iterator[Scenario]:
    for way, how in WAYS.items():
        for mode, (words, options) in MODES.items():
            yield Scenario(
                f"{way}_{mode}",
                f"A task's process ends by {how}; {words}",
                _drive_death(how, once=mode == "requeued"),
                tasks={"dies": task("die", **options)},
                not_on_windows=ON_WINDOWS.get(way, ""),
            )


def _drive_death(how: str, *, once: bool) -> Callable[[Side], None]:
    def drive(side: Side) -> None:
        side.send("dies", "dies", how, once)
        side.send("behind", "echo", "here")

    return drive


def _killed(side: Side) -> None:
    side.send("early", "nap", LONG_S)
    side.send("late", "late", LONG_S)
    side.until_runs("early", "late")
    side.kill_process_of("early")
    side.kill_process_of("late")


def _memory_error(side: Side) -> None:
    side.send("throws", "throw", "MemoryError", "no more")
    side.until_state("throws")
    side.revive()


def _two_of_two(side: Side) -> None:
    """Both processes of the pool die at the same time, while others wait."""
    for label in ("one", "two"):
        side.send(label, "nap", LONG_S)
    side.until_runs("one", "two")
    for number in range(3):
        side.send(f"behind-{number}", "echo", number)
    side.kill_process_of("one")
    side.kill_process_of("two")


SCENARIOS = (
    *_family(),
    Scenario(
        "sys_exit_0",
        "`sys.exit(0)` in a task is a lost worker too",
        _drive_death("sys.exit(0)", once=False),
        tasks={"dies": task("die")},
    ),
    Scenario(
        "os_exit_0",
        "`os._exit(0)` in a task",
        _drive_death("os._exit(0)", once=False),
        tasks={"dies": task("die")},
    ),
    Scenario(
        "retry_on_worker_lost",
        "`retry_on_worker_lost` sends the task anew",
        _drive_death("os._exit(7)", once=True),
        tasks={"dies": task("die", retry_on_worker_lost=True, default_retry_delay=0)},
    ),
    Scenario(
        "death_after_the_result",
        "A task whose process dies when its result is stored has succeeded",
        lambda side: side.send("dies", "dies", "os._exit(7)"),
        tasks={"dies": task("die_late", acks_late=True)},
    ),
    Scenario(
        "killed_from_outside",
        "The processes of two tasks are killed, as when memory runs out",
        _killed,
        workers=2,
        tasks={"late": task("nap", acks_late=True)},
        not_on_windows="the text has a signal's name",
    ),
    Scenario(
        "all_processes_killed",
        "Every process of the pool is killed while tasks wait",
        _two_of_two,
        workers=2,
        not_on_windows="the text has a signal's name",
    ),
    Scenario(
        "keyboard_interrupt",
        "A task raises KeyboardInterrupt",
        lambda side: side.send("throws", "throw", "KeyboardInterrupt"),
    ),
    Scenario(
        "memory_error",
        "A task raises MemoryError: prefork's worker ends, and comes back with its supervisor",
        _memory_error,
    ),
    Scenario(
        "generator_exit",
        "A task raises a BaseException that nobody expects",
        lambda side: side.send("throws", "throw", "GeneratorExit"),
    ),
)

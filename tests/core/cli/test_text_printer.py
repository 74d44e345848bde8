"""What people see."""

from dataclasses import replace

import pytest

from core.changes import (
    BrokerKnown,
    Change,
    Diagnosed,
    ForeignChanged,
    LogGrew,
    RowChanged,
    Said,
    TasksUnsent,
    UsageSampled,
    WorkerChanged,
    WorkerRemoved,
)
from core.cli.summary import Summary, WorkerLine
from core.cli.terminal import CLEAR_LINE
from core.cli.text_printer import PROGRESS_S, TextPrinter
from core.errors import FleetError
from core.known.table import diagnose
from core.tasks.counts import Totals
from core.tasks.task import State, TaskChanged
from core.workers.foreign import Digest, Foreign, Presence
from core.workers.phase import RunningTask, Stage, Worker
from tests.support.screen import FakeSource, Screen

NODE = "worker1@box"
TASK = RunningTask("t1", "reports.render", 10.0)


class Shown:
    """A printer with its screen, and a clock that stands until it is moved."""

    def __init__(self, *, logs: bool = True, colour: bool = False, live: bool = False) -> None:
        self.now = 100.0
        self.source = FakeSource()
        self.screen = Screen(colour=colour, live=live)
        self.printer = TextPrinter(
            self.screen.terminal, logs=logs, host="box", clock=lambda: self.now
        )

    def show(self, *changes: Change) -> str:
        for change in changes:
            self.printer.show(change, self.source)
        return self.screen.out

    def log(self, text: str, worker: str = NODE) -> str:
        first = self.source.store.end
        self.source.store.append(text.encode())
        return self.show(LogGrew(worker, first, self.source.store.end - 1, 0))


def task(state: State, error: str | None = None, worker: str | None = NODE) -> TaskChanged:
    return TaskChanged("t1", "add", worker, state, None, None, error)


def test_log_lines_stand_behind_the_name_of_their_worker() -> None:
    assert Shown().log("one\ntwo\n") == "worker1   | one\nworker1   | two\n"


def test_our_own_words_have_another_mark() -> None:
    said = (Said(NODE, "broker back"), Said(None, "the machine slept for 60 s"))
    assert Shown().show(*said) == (
        "worker1   > broker back\nsolofleet > the machine slept for 60 s\n"
    )


def test_a_worker_of_another_host_keeps_its_full_name() -> None:
    assert Shown().log("one\n", "w@far") == "w@far     | one\n"


def test_longer_names_make_room() -> None:
    shown = Shown()
    shown.log("one\n", "thumbnails-1@box")
    assert shown.log("two\n") == "thumbnails-1 | one\nworker1      | two\n"


def test_lines_that_were_dropped_meanwhile_are_left_out() -> None:
    shown = Shown()
    shown.source.store.append(b"one\n")
    assert shown.show(LogGrew(NODE, 0, 5, 0)) == "worker1   | one\n"


def test_words_of_several_lines_have_a_name_before_each() -> None:
    assert Shown().show(Said(None, "one\ntwo")) == "solofleet > one\nsolofleet > two\n"


def test_escapes_in_a_log_do_no_harm() -> None:
    assert Shown().log("\x1b[2J\x1b[31mred\n") == "worker1   | red\n"
    assert "\x1b[31mred\x1b[0m" in Shown(colour=True).log("\x1b[2J\x1b[31mred\n")


def test_each_worker_has_its_colour_and_keeps_it() -> None:
    shown = Shown(colour=True)
    for worker in ("worker1@box", "worker2@box", "worker1@box"):
        shown.log("x\n", worker)
    prefixes = [line.partition("x")[0] for line in shown.screen.out.splitlines()[-3:]]
    assert prefixes[0] == "\x1b[0;36mworker1   | \x1b[0m"
    assert prefixes[1] == "\x1b[0;33mworker2   | \x1b[0m"


def test_our_own_words_are_bold() -> None:
    assert Shown(colour=True).show(Said(None, "x")) == "\x1b[1;39msolofleet > \x1b[0mx\n"


def test_there_are_colours_for_many_workers() -> None:
    shown = Shown(colour=True)
    for number in range(20):
        shown.log("x\n", f"w{number}@box")
    assert shown.screen.out.count("\x1b[0;36m") == 3


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        (Worker(NODE, Stage.STARTING), "starting"),
        (Worker(NODE, Stage.UP, pid=7), "ready, pid 7"),
        (Worker(NODE, Stage.UP, pid=7, task=TASK), "ready, pid 7"),
        (Worker(NODE, Stage.STOPPING, pid=7), "stopping"),
        (
            Worker(NODE, Stage.STOPPING, pid=7, task=TASK, since=13.0, wake_at=43.0),
            "stopping: finishing reports.render, 3 s; force in 30 s",
        ),
        (
            Worker(NODE, Stage.UP, pid=7, quiet=True, why="waits for tasks"),
            "suspect: no output, no telemetry; last known: waits for tasks, 0 s",
        ),
        (
            Worker(NODE, Stage.EXITED, why="ended normally (code 0)"),
            "exited: ended normally (code 0)",
        ),
    ],
)
def test_the_state_of_a_worker_is_told_in_words(worker: Worker, words: str) -> None:
    assert Shown().show(WorkerChanged(worker)) == f"worker1   > {words}\n"


@pytest.mark.parametrize(
    "worker",
    [
        Worker(NODE, Stage.BACKOFF),
        Worker(NODE, Stage.CRASHED),
        Worker(NODE, Stage.FATAL),
        Worker(NODE, Stage.UP, broker_error="refused"),
    ],
)
def test_what_the_supervisor_says_in_its_own_words_is_not_told_twice(worker: Worker) -> None:
    assert Shown().show(WorkerChanged(worker)) == ""


def test_tasks_that_come_and_go_are_no_news_of_a_worker() -> None:
    shown = Shown()
    shown.show(WorkerChanged(Worker(NODE, Stage.UP, pid=7)))
    before = shown.screen.out
    assert shown.show(WorkerChanged(Worker(NODE, Stage.UP, pid=7, task=TASK))) == before


def test_the_same_state_in_another_run_is_news() -> None:
    ready = (WorkerChanged(Worker(NODE, Stage.UP, pid=pid, run=pid)) for pid in (1, 2))
    assert Shown().show(*ready) == "worker1   > ready, pid 1\nworker1   > ready, pid 2\n"


def test_a_worker_that_left_the_fleet_is_told() -> None:
    assert Shown().show(WorkerRemoved(NODE)) == "worker1   > removed\n"


@pytest.mark.parametrize(
    ("latency_ms", "text"),
    [(None, "Valkey 9.1 (built in)"), (0.42, "Valkey 9.1 (built in), 0.4 ms")],
)
def test_the_broker_is_named(latency_ms: float | None, text: str) -> None:
    known = BrokerKnown("redis://h:6379/0", True, "Valkey 9.1 (built in)", latency_ms)
    assert Shown().show(known) == f"solofleet > broker redis://h:6379/0, {text}\n"


def test_tasks_that_did_not_go_out_after_all_need_no_words() -> None:
    assert Shown().show(TasksUnsent(("a", "b"))) == ""


def test_a_lost_task_is_always_told() -> None:
    assert Shown().show(task("lost", "worker gone", None)) == (
        "solofleet > add[t1] lost: worker gone\n"
    )


def test_a_failed_task_is_told_when_its_log_line_is_not() -> None:
    failed = task("failed", "ValueError('x')")
    assert Shown(logs=True).show(failed) == ""
    assert Shown(logs=False).show(failed) == "worker1   > add[t1] failed: ValueError('x')\n"


def test_quiet_shows_no_log_lines() -> None:
    assert Shown(logs=False).log("one\n") == ""


def test_a_burst_has_a_progress_line_that_is_redrawn_ten_times_a_second_at_most() -> None:
    shown = Shown(live=True)
    for waiting, later in ((4, 0.0), (3, PROGRESS_S / 2), (2, PROGRESS_S)):
        shown.now += later
        shown.source.sums = Totals(4, waiting, 0, 4 - waiting, 0, 0, 0, 0)
        shown.show(task("started"))
    assert [part[-38:] for part in shown.screen.err.split(CLEAR_LINE)] == [
        "[--------------------] 0 of 4 tasks; 0 workers busy"[-38:],
        "[##########----------] 2 of 4 tasks; 0 workers busy"[-38:],
    ]


def summary(pid: int | None) -> Summary:
    line = WorkerLine(NODE, pid, "exited", 0, 0, 0, 0, 0, 0, None)
    return Summary((line,), Totals(0, 0, 0, 0, 0, 0, 0, 0), 0, 0, None, 1.0, lossy=False)


def test_the_summary_takes_the_place_of_the_progress_line() -> None:
    shown = Shown(live=True)
    shown.source.sums = Totals(2, 2, 0, 0, 0, 0, 0, 0)
    shown.show(task("started"))
    shown.printer.summary(summary(pid=7))
    assert shown.screen.err.endswith(CLEAR_LINE)
    assert shown.screen.out.startswith("\nworker       state   received")


def test_there_is_nothing_to_sum_up_when_nothing_was_started() -> None:
    shown = Shown()
    shown.printer.summary(summary(pid=None))
    assert shown.screen.out == ""


def test_errors_go_to_standard_error() -> None:
    shown = Shown()
    shown.printer.error(FleetError("what", "why", "fix"))
    assert (shown.screen.out, shown.screen.err) == (
        "",
        "error: what\n  why: why\n  fix: fix\n",
    )


def test_a_row_is_told_like_a_worker_with_what_made_it_ready() -> None:
    steps = (
        Worker("web", Stage.STARTING),
        Worker("web", Stage.UP, pid=8, why="port 8000 listens"),
        Worker("web", Stage.STOPPING, pid=8),
        Worker("web", Stage.EXITED, why="ended as asked"),
    )
    assert Shown().show(*map(RowChanged, steps)).splitlines() == [
        "web       > starting",
        "web       > ready, pid 8: port 8000 listens",
        "web       > stopping",
        "web       > exited: ended as asked",
    ]


def test_a_known_error_is_told_with_its_cause_and_fix_and_later_counted() -> None:
    error = diagnose("MemoryError")
    assert error is not None
    shown = Shown()
    shown.show(Diagnosed(NODE, error, 7, 1))
    lines = shown.show(Diagnosed(NODE, error, 9, 10)).splitlines()
    assert lines[0].endswith("> known: it ran out of memory")
    assert "fix: run fewer workers" in lines[1]
    assert "see: https://" in lines[2]
    assert lines[3].endswith("(10 lines by now)")


def test_workers_of_others_are_told_of_when_they_come_and_go() -> None:
    there = Foreign("w1@far", 7, 0.0, 100.0, celery="5.7.0")
    late = replace(there, presence=Presence.LATE)
    gone = replace(there, presence=Presence.OFFLINE, left=True)
    busy = replace(there, digest=Digest(received=3))
    changes = [ForeignChanged(worker) for worker in (there, busy, late, there, gone)]
    assert Shown().show(*changes).splitlines() == [
        "solofleet > other worker w1@far: online, pid 7, Celery 5.7.0",
        "solofleet > other worker w1@far: offline, it said that it leaves",
    ]


def test_missed_events_of_others_are_told() -> None:
    there = Foreign("w1@far", 7, 0.0, 100.0, celery="5.7.0", unheard=3)
    assert Shown().show(ForeignChanged(there)).endswith("; events missed: 3\n")


def test_what_workers_use_is_left_to_the_summary() -> None:
    assert Shown().show(UsageSampled(())) == ""

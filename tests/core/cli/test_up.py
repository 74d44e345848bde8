"""The course of one run."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from core.bridge.surroundings import Surroundings
from core.changes import Change, Said, WorkerChanged
from core.cli import up
from core.cli.summary import Summary
from core.cli.up import Plan, Up
from core.errors import (
    DONE,
    FAILED,
    INTERRUPTED,
    TIMED_OUT,
    UNAVAILABLE,
    USAGE,
    FleetError,
)
from core.session import Session
from core.tasks.call import TaskCall
from core.tasks.facts import StartFailed
from core.workers.phase import RunningTask, Stage, Worker
from tests.support.fake_session import BROKER, NODE, UP, FakeSession

SEND = Plan((TaskCall("add"),), exit_when_done=True)
BUSY = Worker(NODE, Stage.UP, pid=7, run=1, task=RunningTask("t1", "add", 0.0))


class FakePrinter:
    """Remembers what it was to show."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.errors: list[FleetError] = []
        self.summaries: list[Summary] = []
        self.on_worker: Callable[[Worker], None] = lambda worker: None

    def show(self, change: Change, source: object) -> None:
        if isinstance(change, Said):
            self.said.append(change.text)
        if isinstance(change, WorkerChanged):
            self.on_worker(change.worker)

    def error(self, error: FleetError) -> None:
        self.errors.append(error)

    def summary(self, summary: Summary) -> None:
        self.summaries.append(summary)


class Played:
    """A run of a played session."""

    def __init__(self, plan: Plan = SEND, *, answer: bool = False) -> None:
        self.session = FakeSession()
        self.printer = FakePrinter()
        self.questions: list[str] = []

        def make(publish: Callable[[Change], None]) -> Session:
            self.session.publish = publish
            return cast("Any", self.session)

        def ask(question: str) -> bool:
            self.questions.append(question)
            return answer

        self.up = Up(make, plan, self.printer, ask)

    async def run(self) -> int:
        async with asyncio.timeout(10):
            return await self.up.run()

    async def run_interrupted_when(self, stage: Stage, times: int = 1) -> int:
        """Interrupts come as soon as the worker is in this stage."""

        def interrupt(worker: Worker) -> None:
            if worker.stage is stage:
                for _ in range(times):
                    asyncio.get_running_loop().call_soon(self.up.interrupt)

        self.printer.on_worker = interrupt
        return await self.run()


@pytest.fixture
def run() -> Played:
    return Played()


async def test_a_run_whose_tasks_succeeded_stops_its_workers_and_ends_with_0(run: Played) -> None:
    assert await run.run() == DONE
    assert run.session.asked == ["start", "send add", "stop", "close"]


async def test_a_wrong_call_is_refused_while_the_workers_come_up(run: Played) -> None:
    run.session.starts_as = Worker(NODE, Stage.STARTING, pid=7, run=1)
    run.session.refusal = FleetError("there is no such task", "w", "f", exit_code=USAGE)
    assert await run.run() == USAGE
    assert run.printer.errors == [run.session.refusal]
    assert "send add" not in run.session.asked


async def test_it_warns_of_a_queue_that_no_worker_reads_and_sends_all_the_same() -> None:
    run = Played(Plan((TaskCall("add", queue="reports"),), exit_when_done=True))
    run.session.starts_as = replace(UP, queues=("celery",))
    assert await run.run() == DONE
    assert "add goes to the queue reports, which no worker here reads: it waits" in run.printer.said
    assert "send add" in run.session.asked


async def test_it_does_not_warn_of_a_queue_that_a_worker_reads(run: Played) -> None:
    run.session.starts_as = replace(UP, queues=("celery",))
    await run.run()
    assert not any("no worker here reads" in said for said in run.printer.said)


async def test_the_summary_has_the_last_process_of_each_worker(run: Played) -> None:
    await run.run()
    (summary,) = run.printer.summaries
    (worker,) = summary.workers
    assert (worker.pid, worker.state, worker.succeeded, worker.exit) == (7, "exited", 1, 0)
    assert summary.ready_s is not None


async def test_it_says_what_is_run_by_what(run: Played) -> None:
    await run.run()
    assert run.printer.said == [
        f"proj in {run.session.project.workdir}, run by {run.session.project.interpreter.path}",
        "a note",
        "1 workers (as asked)",
    ]


async def test_other_apps_that_might_be_meant_are_named(run: Played) -> None:
    run.session.project.candidates += [SimpleNamespace(app="other"), SimpleNamespace(app="third")]
    await run.run()
    assert "the likeliest of 3 apps; name another with -A: other, third" in run.printer.said


async def test_a_failed_task_makes_it_1(run: Played) -> None:
    run.session.played = "fail"
    assert await run.run() == FAILED


async def test_workers_that_leave_with_tasks_open_make_it_1(run: Played) -> None:
    run.session.played = "hang"
    running = asyncio.get_running_loop()
    run.printer.on_worker = lambda worker: (
        worker.alive and running.call_soon(run.session.become, Worker(NODE, Stage.EXITED)) and None
    )
    assert await run.run() == FAILED


async def test_a_worker_that_crashed_for_good_makes_it_1() -> None:
    run = Played(Plan())
    running = asyncio.get_running_loop()
    run.printer.on_worker = lambda worker: (
        worker.alive and running.call_soon(run.session.become, Worker(NODE, Stage.FATAL)) and None
    )
    assert await run.run() == FAILED


async def test_no_worker_up_makes_it_69_and_tells_why(run: Played) -> None:
    error = StartFailed(0.0, "no app", "no module", "check -A", final=True)
    run.session.starts_as = Worker(NODE, Stage.FATAL, start_error=error)
    assert await run.run() == UNAVAILABLE
    assert [str(error) for error in run.printer.errors] == [
        "no app\n  why: no module\n  fix: check -A"
    ]
    assert "send add" not in run.session.asked


async def test_workers_that_do_not_say_why_leave_their_evidence(run: Played) -> None:
    run.session.starts_as = Worker(NODE, Stage.FATAL, why="ended with code 3")
    assert await run.run() == UNAVAILABLE
    (error,) = run.printer.errors
    assert (error.what, error.why) == ("no worker came up", "ended with code 3")


async def test_a_broker_of_our_own_that_ends_is_the_end(run: Played) -> None:
    run.session.played = "hang"
    running = asyncio.get_running_loop()

    def break_down() -> None:
        run.session.failure = FleetError("no broker", "why", "fix", exit_code=UNAVAILABLE)
        run.session.wake()

    run.printer.on_worker = lambda worker: worker.alive and running.call_soon(break_down) and None
    assert await run.run() == UNAVAILABLE
    assert run.printer.errors == [run.session.failure]
    assert run.session.asked[-2:] == ["stop", "close"]


async def test_a_broker_of_our_own_that_ends_before_a_worker_is_up_is_the_end(run: Played) -> None:
    run.session.starts_as = Worker(NODE, Stage.STARTING, pid=7, run=1)
    run.session.failure = FleetError("no broker", "why", "fix", exit_code=UNAVAILABLE)
    assert await run.run() == UNAVAILABLE
    assert run.printer.errors == [run.session.failure]
    assert run.session.asked == ["start", "stop", "close"]


async def test_a_wrong_call_ends_with_its_own_code_after_a_warm_stop(run: Played) -> None:
    run.session.played = FleetError("no such task", "why", "fix", exit_code=USAGE)
    assert await run.run() == USAGE
    assert run.printer.errors == [run.session.played]
    assert run.session.asked == ["start", "stop", "close"]


async def test_a_session_that_does_not_open_has_no_summary(run: Played) -> None:
    async def refuse() -> FakeSession:
        raise FleetError("open already", "why", "fix")

    run.session.__class__ = type("Shut", (FakeSession,), {"__aenter__": lambda self: refuse()})
    with pytest.raises(FleetError, match="open already"):
        await run.run()
    assert run.printer.summaries == []


async def test_it_runs_until_interrupted_and_stops_warmly() -> None:
    run = Played(Plan())
    assert await run.run_interrupted_when(Stage.UP) == INTERRUPTED
    assert run.session.asked == ["start", "stop", "close"]


async def test_an_interrupt_while_a_task_runs_tells_how_to_end_it_now() -> None:
    run = Played(Plan())
    run.session.starts_as = BUSY
    await run.run_interrupted_when(Stage.UP)
    assert "running tasks may finish; interrupt again to end them now" in run.printer.said


async def test_a_second_interrupt_breaks_off_what_runs(run: Played) -> None:
    run.session.played, run.session.stubborn = "hang", True
    assert await run.run_interrupted_when(Stage.UP, times=2) == INTERRUPTED
    assert run.session.asked[-3:] == ["stop", "stop now", "close"]
    assert not run.session.workers[0].alive


async def test_a_third_interrupt_leaves_the_rest_to_the_end_of_the_session(run: Played) -> None:
    run.session.played, run.session.stubborn = "hang", True
    run.session.deaf = True
    assert await run.run_interrupted_when(Stage.UP, times=3) == INTERRUPTED
    assert run.session.asked[-3:] == ["stop", "stop now", "close"]
    assert run.session.workers == (UP,)


async def test_a_broker_that_keeps_silent_is_said_to_be_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(up, "SILENT_S", 0.01)
    run = Played(Plan())
    run.session.unsettled = True
    running = asyncio.get_running_loop()

    def interrupt(text: str) -> None:
        run.printer.said.append(text)
        if text.startswith("waiting for the broker, 20 s at most"):
            running.call_soon(run.up.interrupt)

    run.session.say = interrupt
    assert await run.run_interrupted_when(Stage.UP) == INTERRUPTED
    assert run.session.asked == ["start", "stop", "close"]
    assert "interrupt again to leave at once" in run.printer.said[-1]


async def test_an_interrupt_while_it_stops_breaks_off_what_runs() -> None:
    run = Played()
    run.session.stubborn = True
    real_stop = run.session.stop

    def stop(*, now: bool = False) -> None:
        real_stop(now=now)
        asyncio.get_running_loop().call_soon(run.up.interrupt)

    run.session.stop = stop
    assert await run.run() == DONE
    assert run.session.asked[-3:] == ["stop", "stop now", "close"]


async def test_a_closed_window_is_one_interrupt_however_often_it_is_noticed() -> None:
    run = Played(Plan())
    running = asyncio.get_running_loop()

    def close(worker: Worker) -> None:
        if worker.alive:
            running.call_soon(run.up.left_alone)
            running.call_soon(run.up.left_alone)

    run.printer.on_worker = close
    assert await run.run() == INTERRUPTED
    assert run.session.asked == ["start", "stop", "close"]
    assert not run.session.workers[0].alive


async def test_an_interrupt_before_it_is_open_starts_nothing(run: Played) -> None:
    run.up.interrupt()
    assert await run.run() == INTERRUPTED
    assert "start" not in run.session.asked


async def test_a_timeout_breaks_off_what_runs_and_ends_with_124() -> None:
    run = Played(Plan((TaskCall("add"),), exit_when_done=True, timeout_s=0.01))
    run.session.played = "hang"
    assert await run.run() == TIMED_OUT
    assert run.session.asked == ["start", "send add", "stop now", "close"]
    assert [error.what for error in run.printer.errors] == ["stopped after 0.01 s"]


async def test_beside_others_on_a_remote_broker_it_starts_only_when_told_to() -> None:
    for answer, code in ((False, USAGE), (True, DONE)):
        run = Played(answer=answer)
        run.session.around = Surroundings(BROKER, local=False, foreign=("w1@far",))
        assert await run.run() == code
        assert len(run.questions) == 1
        assert ("start" in run.session.asked) is answer
        assert "other workers on this broker: w1@far" in run.printer.said


async def test_yes_answers_in_advance() -> None:
    run = Played(Plan(exit_when_done=True, yes=True))
    run.session.around = Surroundings(BROKER, local=False, foreign=("w1@far",))
    assert await run.run() == DONE
    assert run.questions == []


async def test_a_row_that_crashed_for_good_is_a_failure(run: Played) -> None:
    run.session.rows = (Worker("web", Stage.FATAL),)
    assert await run.run() == FAILED


async def test_what_is_not_started_is_said(run: Played) -> None:
    run.session.choice.notes.append("rows that are not started: web")
    await run.run()
    assert "rows that are not started: web" in run.printer.said

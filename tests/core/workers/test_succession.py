"""What follows the end of a run: the next run, a wait for it, or rest."""

from dataclasses import replace

import pytest

from core.errors import FleetError
from core.tasks.facts import StartFailed
from core.workers.messages import (
    Action,
    Exited,
    Removed,
    Rung,
    Say,
    Settle,
    Spawn,
    SpawnFailed,
)
from core.workers.phase import RunningTask, Stage, Then, Worker
from core.workers.policy import DEFAULT, Policy
from core.workers.succession import ended, forgiven, spawn

UP = Worker(
    "w",
    Stage.UP,
    "waits for tasks",
    run=3,
    pid=7,
    task=RunningTask("a1", "shop.add", 10.0),
    quick_exits=2,
    backoff_tries=2,
    wake_at=70.0,
    up_since=5.0,
    broker_error="refused",
    quiet=True,
)
STARTING = replace(UP, stage=Stage.STARTING, up_since=None, task=None)
STOPPING = replace(UP, stage=Stage.STOPPING, why="stop asked")
CLEAN = Exited(3, 0, None, "ended in good order", in_order=True)
CRASH = Exited(3, 1, None, "ended with code 1")
KILLED = Exited(3, None, 9, "killed by SIGKILL", killed_from_outside=True)
NO_PROGRAM = SpawnFailed(3, FleetError("w cannot start", "no program", "check --python"))
NO_APP = StartFailed(0.0, "w cannot start", "no module", "check -A", final=True)
BROKEN = replace(NO_APP, final=False)

RESTART_OFF = replace(DEFAULT, restart=False)


@pytest.mark.parametrize(
    ("worker", "event", "policy", "stage", "actions"),
    [
        (STOPPING, CLEAN, DEFAULT, Stage.EXITED, (Settle(3),)),
        (STOPPING, NO_PROGRAM, DEFAULT, Stage.EXITED, ()),
        (replace(STOPPING, then=Then.RESTART), KILLED, DEFAULT, Stage.STARTING, (Spawn(4),)),
        (replace(STOPPING, then=Then.REMOVE), CRASH, DEFAULT, Stage.EXITED, (Removed(),)),
        (replace(UP, then=Then.RESTART), CLEAN, DEFAULT, Stage.STARTING, (Spawn(4),)),
        (replace(STARTING, start_error=NO_APP), CRASH, DEFAULT, Stage.FATAL, ()),
        (UP, CLEAN, DEFAULT, Stage.EXITED, ()),
        (replace(UP, replaced=True), CLEAN, RESTART_OFF, Stage.STARTING, (Spawn(4, fresh=False),)),
        (replace(UP, replaced=True), CRASH, DEFAULT, Stage.STARTING, (Spawn(4, fresh=False),)),
        (UP, CRASH, RESTART_OFF, Stage.CRASHED, ()),
        (UP, KILLED, RESTART_OFF, Stage.CRASHED, ()),
        (STARTING, CLEAN, DEFAULT, Stage.BACKOFF, ()),
        (replace(STARTING, quick_exits=3), CRASH, DEFAULT, Stage.FATAL, ()),
        (replace(STARTING, quick_exits=3), KILLED, DEFAULT, Stage.FATAL, ()),
        (UP, KILLED, DEFAULT, Stage.STARTING, (Spawn(4, fresh=False),)),
        (replace(STARTING, start_error=BROKEN), CRASH, DEFAULT, Stage.BACKOFF, ()),
        (UP, CRASH, DEFAULT, Stage.BACKOFF, ()),
        (STARTING, NO_PROGRAM, DEFAULT, Stage.BACKOFF, ()),
    ],
)
def test_the_first_row_that_fits_decides_what_follows_an_end(
    worker: Worker,
    event: Exited | SpawnFailed,
    policy: Policy,
    stage: Stage,
    actions: tuple[Action, ...],
):
    after, done = ended(worker, event, 20.0, policy)
    done = tuple(action for action in done if not isinstance(action, Say))
    settle = (Settle(3),) if isinstance(event, Exited) else ()
    assert (after.stage, done) == (stage, settle if actions == settle else settle + actions)


@pytest.mark.parametrize("event", [CLEAN, CRASH, KILLED])
def test_nothing_of_the_ended_process_is_kept_but_how_it_ended(event: Exited):
    after, _ = ended(UP, event, 20.0, RESTART_OFF)
    assert (after.pid, after.task, after.wake_at, after.broker_error) == (None, None, None, None)
    assert (after.leaving, after.quiet) == (None, False)
    assert after.exit == {CLEAN: 0, CRASH: 1, KILLED: -9}[event]


@pytest.mark.parametrize(
    ("worker", "event", "why"),
    [
        (UP, CRASH, "ended with code 1"),
        (STARTING, NO_PROGRAM, "w cannot start: no program. check --python"),
        (replace(STARTING, start_error=BROKEN), CRASH, "w cannot start: no module. check -A"),
        (replace(STOPPING, rung=Rung.KILL, why="ended on request"), KILLED, "ended on request"),
    ],
)
def test_the_reason_that_a_person_needs_most_is_kept(
    worker: Worker, event: Exited | SpawnFailed, why: str
):
    assert ended(worker, event, 20.0, DEFAULT)[0].why == why


def test_people_are_told_of_every_end_that_nobody_asked_for():
    def said(worker: Worker, event: Exited) -> list[str]:
        return [a.text for a in ended(worker, event, 20.0, DEFAULT)[1] if isinstance(a, Say)]

    assert said(UP, CRASH) == ["crashed: ended with code 1; try 3 in 4 s"]
    assert said(UP, KILLED) == ["killed by SIGKILL; starts again at once"]
    assert said(UP, CLEAN) == ["exited: ended in good order, though nobody here asked"]
    assert said(STOPPING, CLEAN) == []


def test_an_end_before_ready_lengthens_the_row_and_one_after_it_breaks_it():
    assert ended(STARTING, CRASH, 20.0, DEFAULT)[0].quick_exits == 3
    assert ended(UP, CRASH, 20.0, DEFAULT)[0].quick_exits == 0


def test_a_new_run_knows_nothing_of_the_one_before_it():
    before = replace(UP, start_error=BROKEN, rung=Rung.KILL, then=Then.RESTART)
    after, actions = spawn(before, 20.0, DEFAULT, restart=True)
    assert (after.run, after.restarts, after.why, actions) == (4, 1, "spawning", (Spawn(4),))
    assert (after.start_error, after.forced, after.then, after.up_since) == (
        None,
        False,
        Then.STAY,
        None,
    )
    assert (after.heard_at, after.wake_at) == (20.0, 80.0)


def test_a_first_start_is_no_restart():
    assert spawn(Worker("w"), 20.0, DEFAULT, restart=False)[0].restarts == 0


def test_a_person_who_starts_a_worker_forgives_its_failures():
    assert (forgiven(UP).quick_exits, forgiven(UP).backoff_tries) == (0, 0)

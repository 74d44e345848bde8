"""The life of one worker: histories in, state and actions out."""

from dataclasses import replace
from random import Random

import pytest

from core.errors import FleetError
from core.tasks.facts import (
    BrokerBack,
    BrokerLost,
    Connecting,
    Fact,
    Ready,
    Started,
    StartFailed,
    Stopping,
    Succeeded,
)
from core.workers.lifecycle import step
from core.workers.loss import Manner
from core.workers.messages import (
    Action,
    AskToStop,
    CameUp,
    Event,
    Exited,
    Heard,
    Kill,
    RemoveAsked,
    Removed,
    Reported,
    RestartAsked,
    Rung,
    Say,
    Settle,
    Slept,
    Spawn,
    Spawned,
    SpawnFailed,
    StartAsked,
    StopAsked,
    WakeAt,
    Woke,
)
from core.workers.phase import Phase, Stage, Then, Worker, describe
from core.workers.policy import DEFAULT, Policy

STEADY = Policy(suspect_after_s=1e9)
"""Never suspicious, so that the only deadlines are those a test is about."""

History = list[tuple[float, Event]]


def live(history: History, policy: Policy = STEADY) -> tuple[Worker, tuple[Action, ...]]:
    """The worker after a history, and what its last event asks to be done (but for words)."""
    worker, actions = Worker("worker1"), ()
    for at, event in history:
        worker, actions = step(worker, event, at, policy)
    return worker, tuple(action for action in actions if not isinstance(action, Say))


def says(run: int, fact: Fact) -> Reported:
    return Reported(run, fact)


def crash(run: int) -> Exited:
    return Exited(run, 1, None, "ended with code 1")


def killed(run: int) -> Exited:
    return Exited(run, None, 9, "killed by SIGKILL", killed_from_outside=True)


def clean(run: int) -> Exited:
    return Exited(run, 0, None, "ended in good order", in_order=True)


def began(run: int, at: float = 0.0) -> History:
    return [(at, Spawned(run, 100 + run)), (at, says(run, Ready(0.0)))]


STARTING: History = [(0, StartAsked()), (0, Spawned(1, 101))]
UP: History = [(0, StartAsked()), *began(1)]
BUSY: History = [*UP, (10, says(1, Started(0.0, "a1", "reports.render")))]
STOPPING: History = [*BUSY, (20, StopAsked())]
DONE = Succeeded(0.0, "a1", "reports.render", 1.0, "3", None, None, ignored=False)
CONNECTING = Connecting(0.0, 3, ("celery",), "redis://", "hub", None)
NO_APP = StartFailed(0.0, "worker1 cannot start", "no module named shop", "check -A", final=True)
BROKEN = StartFailed(0.0, "worker1 cannot start", "SyntaxError", "mend it", final=False)
NO_PROGRAM = FleetError("worker1 cannot start", "no such program", "check --python")


# --- Starting ---


def test_a_start_spawns_the_first_run():
    worker, actions = live([(5, StartAsked())])
    assert (worker.phase, worker.run, worker.since, worker.restarts) == ("starting", 1, 5, 0)
    assert actions == (Spawn(1), WakeAt(5 + 1e9))


def test_a_spawned_worker_is_starting_until_it_says_that_it_is_ready():
    assert live(STARTING)[0].phase is Phase.STARTING
    assert live(UP)[0].phase is Phase.READY


@pytest.mark.parametrize("history", [STARTING, UP, BUSY])
def test_a_start_asked_of_a_running_worker_changes_nothing(history: History):
    worker, actions = live([*history, (30, StartAsked())])
    assert (worker, actions) == (live(history)[0], ())


def test_a_task_makes_the_worker_busy_and_its_end_makes_it_ready_again():
    assert live(BUSY)[0].phase is Phase.BUSY
    worker, _ = live([*BUSY, (12, says(1, DONE))])
    assert (worker.phase, worker.since, worker.task) == (Phase.READY, 12, None)


# --- Crashes ---


def test_a_crash_is_settled_and_tried_again_after_a_second():
    worker, actions = live([*UP, (10, crash(1))])
    assert (worker.phase, worker.pid, worker.exit, worker.wake_at) == ("backoff", None, 1, 11)
    assert actions == (Settle(1), WakeAt(11))


def test_the_next_try_is_the_same_worker_in_a_new_run():
    worker, actions = live([*UP, (10, crash(1)), (11, Woke())])
    assert (worker.name, worker.phase, worker.run, worker.restarts) == ("worker1", "starting", 2, 1)
    assert actions[0] == Spawn(2)


def test_the_wait_doubles_with_each_crash_up_to_thirty_seconds():
    history, waits, now = [(0.0, StartAsked())], [], 0.0
    for run in range(1, 8):
        history += [*began(run, now), (now, crash(run))]
        wake_at = live(history)[0].wake_at or 0.0
        waits.append(wake_at - now)
        now = wake_at
        history.append((now, Woke()))
    assert waits == [1, 2, 4, 8, 16, 30, 30]


def test_a_minute_up_forgives_the_crashes_before_it():
    short: History = [*UP, (10, crash(1)), (11, Woke()), *began(2, 11)]
    assert live([*short, (70.9, crash(2))])[0].wake_at == 72.9
    assert live([*short, (71, crash(2))])[0].wake_at == 72


def crashes_before_ready(times: int) -> History:
    history: History = [(0, StartAsked())]
    for run in range(1, times + 1):
        history += [(0, Spawned(run, run)), (0, crash(run)), (100.0 * run, Woke())]
    return history[:-1]


def test_four_ends_in_a_row_before_ready_are_fatal():
    assert live(crashes_before_ready(3))[0].phase is Phase.BACKOFF
    worker, actions = live(crashes_before_ready(4))
    assert (worker.phase, actions) == (Phase.FATAL, (Settle(4),))
    assert worker.evidence == "4 ends in a row before it was ready; last: ended with code 1"


def test_reaching_ready_breaks_the_row():
    history = [*crashes_before_ready(3), (500, Woke()), *began(4, 500), (501, crash(4))]
    assert live(history)[0].phase is Phase.BACKOFF
    assert live(history)[0].quick_exits == 0


def test_a_start_after_fatal_begins_a_new_row():
    worker, actions = live([*crashes_before_ready(4), (900, StartAsked())])
    assert (worker.phase, worker.quick_exits, worker.backoff_tries) == (Phase.STARTING, 0, 0)
    assert actions[0] == Spawn(5)


def test_a_kill_from_outside_restarts_at_once():
    worker, actions = live([*BUSY, (12, killed(1))])
    assert (worker.phase, worker.run, worker.restarts, worker.exit) == ("starting", 2, 1, -9)
    assert actions[:2] == (Settle(1), Spawn(2, fresh=False))


def test_kills_before_ready_count_toward_fatal():
    history: History = [(0, StartAsked())]
    for run in range(1, 5):
        history += [(run, Spawned(run, run)), (run, killed(run))]
    assert live(history)[0].phase is Phase.FATAL


def test_without_automatic_restart_a_crash_is_the_end():
    worker, actions = live([*UP, (10, killed(1))], replace(STEADY, restart=False))
    assert (worker.phase, worker.evidence) == (Phase.CRASHED, "killed by SIGKILL")
    assert actions == (Settle(1),)


def test_a_clean_exit_that_nobody_asked_for_is_not_restarted():
    worker, actions = live([*UP, (10, clean(1))])
    assert (worker.phase, actions) == (Phase.EXITED, (Settle(1),))
    assert worker.evidence == "ended in good order, though nobody here asked"


def test_a_clean_exit_before_ready_is_a_crash():
    assert live([*STARTING, (1, clean(1))])[0].phase is Phase.BACKOFF


# --- Failing to start ---


def test_an_import_error_is_tried_again_because_code_gets_mended():
    worker, actions = live([*STARTING, (1, says(1, BROKEN)), (2, crash(1))])
    assert (worker.phase, worker.quick_exits) == (Phase.BACKOFF, 1)
    assert worker.evidence == "worker1 cannot start: SyntaxError. mend it"
    assert actions == (Settle(1), WakeAt(3))


def test_an_error_that_cannot_heal_is_fatal_at_once():
    worker, actions = live([*STARTING, (1, says(1, NO_APP)), (2, clean(1))])
    assert (worker.phase, actions) == (Phase.FATAL, (Settle(1),))
    assert worker.evidence == "worker1 cannot start: no module named shop. check -A"


def test_a_start_error_then_code_zero_is_still_a_crash():
    assert live([*UP, (1, says(1, BROKEN)), (2, clean(1))])[0].phase is Phase.BACKOFF


def test_a_worker_that_could_not_be_spawned_has_nothing_to_settle():
    worker, actions = live([(0, StartAsked()), (1, SpawnFailed(1, NO_PROGRAM))])
    assert (worker.phase, worker.quick_exits) == (Phase.BACKOFF, 1)
    assert actions == (WakeAt(2),)
    assert worker.evidence == "worker1 cannot start: no such program. check --python"


def test_a_worker_that_can_never_be_spawned_is_fatal():
    history: History = [(0, StartAsked())]
    for run in range(1, 5):
        history += [(run * 100.0, SpawnFailed(run, NO_PROGRAM)), (run * 100.0 + 90, Woke())]
    assert live(history)[0].phase is Phase.FATAL


# --- The stop ladder ---


def test_a_stop_asks_first_and_sets_the_hour_of_the_kill():
    worker, actions = live(STOPPING)
    assert (worker.phase, worker.wake_at) == (Phase.STOPPING, 50)
    assert actions == (AskToStop(), WakeAt(50))


def test_a_task_that_outstays_the_grace_is_broken_off():
    worker, actions = live([*STOPPING, (50, Woke())])
    assert (worker.phase, worker.forced, worker.wake_at) == (Phase.STOPPING, False, 56)
    assert actions == (AskToStop(cold=True), WakeAt(56))


def test_a_worker_that_cannot_break_off_its_task_is_killed():
    worker, actions = live([*STOPPING, (50, Woke()), (56, Woke())])
    assert (worker.phase, worker.forced, actions) == (Phase.STOPPING, True, (Kill(),))


def test_a_second_stop_means_now_and_a_third_kills():
    second: History = [*STOPPING, (21, StopAsked())]
    assert live(second)[1] == (AskToStop(cold=True), WakeAt(27))
    assert live([*second, (22, StopAsked())])[1] == (Kill(),)


def test_a_cold_stop_leaves_no_time_to_finish():
    worker, actions = live([*BUSY, (20, StopAsked(Rung.COLD))])
    assert (worker.phase, actions) == (Phase.STOPPING, (AskToStop(cold=True), WakeAt(26)))


def test_a_cold_stop_leaves_the_time_that_the_app_itself_asks_for():
    connecting = replace(CONNECTING, soft_shutdown_s=10.0)
    history: History = [(0, StartAsked()), (0, Spawned(1, 101)), (0, says(1, connecting))]
    assert live([*history, (1, StopAsked(Rung.COLD))])[1][-1] == WakeAt(17)


def test_a_stop_by_kill_kills_at_once():
    worker, actions = live([*BUSY, (20, StopAsked(Rung.KILL))])
    assert (worker.phase, worker.wake_at, actions) == (Phase.STOPPING, None, (Kill(),))


def test_a_killed_worker_is_not_killed_again_by_its_old_deadline():
    assert live([*STOPPING, (21, StopAsked(Rung.KILL)), (50, Woke())])[1] == ()


@pytest.mark.parametrize(
    ("rung", "manner"),
    [(Rung.WARM, Manner.LOST), (Rung.COLD, Manner.COLD), (Rung.KILL, Manner.COLD)],
)
def test_the_settlement_is_told_whether_the_task_was_left_to_finish(rung: Rung, manner: Manner):
    assert live([*BUSY, (20, StopAsked(rung)), (21, crash(1))])[1] == (Settle(1, manner),)


@pytest.mark.parametrize("end", [clean(1), crash(1), killed(1)])
def test_a_worker_that_exits_during_stop_is_settled_and_not_restarted(end: Exited):
    worker, actions = live([*STOPPING, (22, end)])
    assert (worker.phase, worker.task, actions) == (Phase.EXITED, None, (Settle(1),))
    assert worker.evidence == end.words


def test_the_evidence_of_a_forced_stop_says_why_it_was_forced():
    end = Exited(1, None, 9, "killed by SIGKILL")
    worker, _ = live([*STOPPING, (50, Woke()), (56, Woke()), (57, end)])
    assert worker.evidence == "not gone after 6 s: killed"


def test_a_start_asked_while_stopping_starts_after_the_exit():
    worker, actions = live([*STOPPING, (21, StartAsked())])
    assert (worker.phase, actions) == (Phase.STOPPING, ())
    worker, actions = live([*STOPPING, (21, StartAsked()), (22, clean(1))])
    assert (worker.phase, worker.restarts, actions[:2]) == ("starting", 1, (Settle(1), Spawn(2)))


def test_a_restart_stops_and_then_starts():
    assert live([*UP, (5, RestartAsked())])[1] == (AskToStop(), WakeAt(35))
    worker, actions = live([*UP, (5, RestartAsked()), (6, clean(1))])
    assert (worker.run, actions[:2]) == (2, (Settle(1), Spawn(2)))


def test_a_cold_restart_breaks_off_and_then_starts():
    history: History = [*UP, (5, RestartAsked(Rung.COLD))]
    assert live(history)[1] == (AskToStop(cold=True), WakeAt(11))
    assert live([*history, (6, crash(1))])[1][:2] == (Settle(1, Manner.COLD), Spawn(2))


def test_a_cold_restart_hurries_a_stop():
    worker, actions = live([*STOPPING, (21, RestartAsked(Rung.COLD))])
    assert (worker.then, actions[0]) == (Then.RESTART, AskToStop(cold=True))


def test_a_stop_after_a_restart_takes_the_restart_back_without_haste():
    history: History = [*UP, (5, RestartAsked()), (6, StopAsked())]
    assert live(history)[1] == ()
    assert live([*history, (7, clean(1))])[0].phase is Phase.EXITED
    assert live([*history, (7, StopAsked())])[1][0] == AskToStop(cold=True)


def test_a_cold_stop_after_a_restart_hurries_it():
    worker, actions = live([*UP, (5, RestartAsked()), (6, StopAsked(Rung.COLD))])
    assert (worker.then, actions[0]) == (Then.STAY, AskToStop(cold=True))


def test_a_stop_while_spawning_is_asked_when_the_process_exists():
    history: History = [(0, StartAsked()), (1, StopAsked())]
    assert live(history)[1] == (WakeAt(31),)
    assert live([*history, (2, Spawned(1, 101))])[1] == (AskToStop(),)


def test_a_kill_while_spawning_happens_when_the_process_exists():
    history: History = [(0, StartAsked()), (1, StopAsked(Rung.KILL))]
    assert live(history)[1] == ()
    assert live([*history, (2, Spawned(1, 101))])[1] == (Kill(),)


def test_a_spawn_that_fails_while_stopping_is_an_exit_without_settlement():
    worker, actions = live([(0, StartAsked()), (1, StopAsked()), (2, SpawnFailed(1, NO_PROGRAM))])
    assert (worker.phase, actions) == (Phase.EXITED, ())


def test_an_exit_that_overtakes_its_own_spawned_is_settled_once():
    history: History = [(0, StartAsked()), (1, crash(1))]
    assert Settle(1) in live(history)[1]
    assert live([*history, (1, Spawned(1, 101))]) == (live(history)[0], ())


# --- At rest, in backoff ---


@pytest.mark.parametrize("ask", [StartAsked(), RestartAsked()])
def test_a_start_or_restart_in_backoff_does_not_wait_for_the_next_try(ask: Event):
    worker, actions = live([*UP, (10, crash(1)), (10.5, ask)])
    assert (worker.phase, worker.restarts, worker.backoff_tries) == (Phase.STARTING, 1, 0)
    assert actions[0] == Spawn(2)


def test_a_stop_in_backoff_gives_up():
    history: History = [*UP, (10, crash(1)), (10.5, StopAsked())]
    worker, actions = live(history)
    assert (worker.phase, actions) == (Phase.STOPPED, ())
    assert worker.evidence == "stopped before the next try; ended with code 1"
    assert live([*history, (11, Woke())])[1] == ()


def test_a_stop_at_rest_changes_nothing():
    assert live([(1, StopAsked())]) == (Worker("worker1"), ())


def test_a_restart_of_a_worker_that_never_ran_is_a_start():
    worker, actions = live([(1, RestartAsked())])
    assert (worker.restarts, actions[0]) == (0, Spawn(1))


def test_a_removed_worker_is_forgotten_at_once_when_it_has_no_process():
    assert live([(1, RemoveAsked())])[1] == (Removed(),)
    assert live([*UP, (10, crash(1)), (10.5, RemoveAsked())])[1] == (Removed(),)


def test_a_removed_worker_with_a_process_is_stopped_settled_and_then_forgotten():
    assert live([*BUSY, (20, RemoveAsked())])[1] == (AskToStop(), WakeAt(50))
    assert live([*BUSY, (20, RemoveAsked()), (30, clean(1))])[1] == (Settle(1), Removed())


def test_a_removal_asked_while_stopping_hurries_nothing():
    worker, actions = live([*STOPPING, (21, RemoveAsked())])
    assert (worker.then, actions) == (Then.REMOVE, ())


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("ask", [StartAsked(), StopAsked(), RestartAsked(), RemoveAsked()])
def test_every_ask_has_an_answer_in_every_stage(stage: Stage, ask: Event):
    worker, _ = step(Worker("worker1", stage=stage, run=1, pid=1), ask, 1.0)
    assert worker.name == "worker1"


# --- What the worker says ---


def test_a_lost_broker_changes_the_phase_and_nothing_else():
    worker, actions = live([*UP, (5, says(1, BrokerLost(0.0, "refused")))])
    assert (worker.phase, worker.evidence, actions) == ("broker-lost", "broker lost: refused", ())
    worker, actions = live(
        [*UP, (5, says(1, BrokerLost(0.0, "no"))), (6, says(1, BrokerBack(0.0)))]
    )
    assert (worker.phase, actions) == (Phase.READY, ())


def test_a_busy_worker_stays_busy_while_its_broker_is_lost():
    history: History = [*BUSY, (12, says(1, BrokerLost(0.0, "refused")))]
    assert live(history)[0].phase is Phase.BUSY
    assert live([*history, (13, says(1, DONE))])[0].phase is Phase.BROKER_LOST


def test_a_worker_that_leaves_by_itself_is_shown_stopping_and_judged_by_its_end():
    history: History = [*UP, (5, says(1, Stopping(0.0, "control.shutdown")))]
    assert live(history)[0].phase is Phase.STOPPING
    assert live([*history, (6, clean(1))])[0].phase is Phase.EXITED
    assert live([*history, (6, crash(1))])[0].phase is Phase.BACKOFF


def test_a_start_asked_of_a_worker_that_leaves_by_itself_starts_it_again():
    history: History = [*UP, (5, says(1, Stopping(0.0, "control.shutdown"))), (6, StartAsked())]
    assert live([*history, (7, clean(1))])[1][:2] == (Settle(1), Spawn(2))


def test_a_stop_asked_of_a_worker_that_leaves_by_itself_climbs_the_ladder():
    history: History = [*UP, (5, says(1, Stopping(0.0, "control.shutdown"))), (6, StopAsked())]
    assert live(history)[1] == (AskToStop(), WakeAt(36))


@pytest.mark.parametrize(
    "late", [says(1, DONE), Heard(1), Spawned(1, 9), SpawnFailed(1, NO_PROGRAM), crash(1)]
)
def test_whatever_an_earlier_run_says_is_ignored(late: Event):
    history: History = [*BUSY, (12, killed(1)), *began(2, 13)]
    assert live([*history, (14, late)]) == (live(history)[0], ())


# --- Silence, sleep ---


def test_a_starting_worker_that_is_silent_for_long_is_suspect_and_left_alone():
    worker, actions = live([*STARTING, (60, Woke())], DEFAULT)
    assert (worker.phase, actions) == (Phase.SUSPECT, ())


def test_a_sign_of_life_puts_the_suspicion_off():
    history: History = [*STARTING, (50, Heard(1)), (60, Woke())]
    worker, actions = live(history, DEFAULT)
    assert (worker.phase, actions) == (Phase.STARTING, (WakeAt(110),))
    assert live([*history, (110, Woke())], DEFAULT)[0].phase is Phase.SUSPECT


def test_a_sign_of_life_clears_the_suspicion():
    worker, actions = live([*STARTING, (60, Woke()), (70, Heard(1))], DEFAULT)
    assert (worker.phase, actions) == (Phase.STARTING, (WakeAt(130),))


def test_a_silent_busy_worker_is_suspect_and_still_has_its_task():
    worker, actions = live([*BUSY, (60, Woke()), (70, Woke())], DEFAULT)
    assert (worker.phase, actions) == (Phase.SUSPECT, ())
    assert worker.evidence == "no output, no telemetry; last known: runs reports.render"


def test_an_idle_worker_may_be_silent_for_ever():
    worker, actions = live([*UP, (60, Woke())], DEFAULT)
    assert (worker.phase, worker.wake_at, actions) == (Phase.READY, None, ())


def test_a_task_after_an_idle_hour_starts_the_watch_again():
    history: History = [*UP, (60, Woke()), (3600, says(1, Started(0.0, "a", "x")))]
    assert live(history, DEFAULT)[1] == (WakeAt(3660),)


def test_an_early_wake_up_is_put_back_to_its_hour():
    assert live([*STOPPING, (49, Woke())])[1] == (WakeAt(50),)


def test_a_machine_that_slept_kills_nobody():
    worker, actions = live([*STOPPING, (3625, Slept(3600)), (3626, Woke())])
    assert (worker.phase, worker.forced, actions) == (Phase.STOPPING, False, (WakeAt(3650),))
    assert describe(worker, 3630) == "finishing reports.render, 20 s; force in 20 s"


def test_a_machine_that_slept_shifts_the_next_try_too():
    assert live([*UP, (10, crash(1)), (3610, Slept(3600))])[1] == (WakeAt(3611),)


# --- Replacement ---


def test_a_worker_that_wants_a_successor_gets_one_at_once():
    recycled = Stopping(0.0, "max_tasks_per_child (2) reached", replace=True)
    history: History = [*UP, (5, says(1, recycled))]
    worker, _ = live(history)
    assert (worker.phase, worker.evidence) == (
        Phase.STOPPING,
        "is replaced: max_tasks_per_child (2) reached",
    )
    worker, actions = live([*history, (6, clean(1))])
    assert (worker.phase, worker.restarts, actions[:2]) == (
        "starting",
        1,
        (Settle(1), Spawn(2, fresh=False)),
    )
    assert worker.replaced is False


def test_a_task_that_ignores_its_time_limit_takes_its_worker_down():
    limited: History = [*UP, (10, says(1, Started(0.0, "a1", "reports.render", 3.0)))]
    assert live(limited)[1] == (WakeAt(18),)
    overdue: History = [*limited, (18, Woke())]
    worker, actions = live(overdue)
    assert (worker.evidence, actions) == ("runs reports.render", (Kill(),))
    worker, actions = live([*overdue, (18.5, killed(1))])
    assert (worker.phase, actions[:2]) == (
        "starting",
        (Settle(1, Manner.LIMIT, 3.0), Spawn(2, fresh=False)),
    )


def test_a_task_that_ends_within_its_limit_leaves_no_deadline():
    limited: History = [*UP, (10, says(1, Started(0.0, "a1", "reports.render", 3.0)))]
    assert live([*limited, (12, says(1, DONE)), (18, Woke())])[1] == ()


# --- The two laws, over random histories ---


def _random_event(random: Random, worker: Worker) -> Event:
    run = max(1, worker.run - (random.random() < 0.1))
    facts: list[Fact] = [
        Ready(0.0),
        Started(0.0, "a", "x"),
        Started(0.0, "b", "y", 3.0),
        DONE,
        BrokerLost(0.0, "no"),
        Stopping(0.0, "control.shutdown"),
        Stopping(0.0, "recycled", replace=True),
        random.choice([NO_APP, BROKEN]),
    ]
    stops = [StopAsked(rung) for rung in Rung]
    asks = [StartAsked(), *stops, RestartAsked(), RemoveAsked()]
    ends = [crash(run), killed(run), clean(run), SpawnFailed(run, NO_PROGRAM)]
    groups: list[list[Event]] = [
        [StartAsked(), Woke(), Slept(5.0), Heard(run)],
        [*asks, RestartAsked(Rung.COLD)],
        [Spawned(run, 1)],
        [Reported(run, fact) for fact in facts],
        [*ends],
    ]
    return random.choice(random.choice(groups))


@pytest.mark.parametrize("seed", range(300))
def test_each_ended_run_is_settled_once_and_before_the_next_spawn(seed: int):
    random, worker, now = Random(seed), Worker("worker1"), 0.0
    spawned = ended = settled = 0
    for _ in range(100):
        event = _random_event(random, worker)
        ours = isinstance(event, Exited) and event.run == worker.run and worker.alive
        now += random.random() * 20
        worker, actions = step(worker, event, now)
        ended += ours
        for action in actions:
            settled += isinstance(action, Settle)
            if isinstance(action, Spawn):
                spawned += 1
                assert (action.run, settled) == (spawned, ended)
            if isinstance(action, Kill | AskToStop):
                assert worker.pid is not None
        assert settled == ended
        assert worker.alive or (worker.pid, worker.task) == (None, None)


PATIENT: History = [*BUSY, (20, RestartAsked(patient=True))]


def test_a_patient_restart_waits_for_the_task_as_long_as_it_takes():
    worker, actions = live(PATIENT)
    assert (worker.phase, worker.wake_at, actions) == (Phase.STOPPING, None, (AskToStop(),))
    assert "force in" not in describe(worker, 20)
    _, actions = live([*PATIENT, (5000, Woke())])
    assert actions == ()
    worker, actions = live([*PATIENT, (9000, clean(1))])
    assert (worker.phase, actions[:2]) == (Phase.STARTING, (Settle(1), Spawn(2)))


def test_a_stop_after_a_patient_restart_gives_the_usual_grace():
    worker, actions = live([*PATIENT, (500, StopAsked())])
    assert (worker.then, actions) == (Then.STAY, (WakeAt(530),))
    _, actions = live([*PATIENT, (500, StopAsked()), (530, Woke())])
    assert AskToStop(cold=True) in actions


def test_a_second_patient_restart_changes_nothing():
    once, _ = live(PATIENT)
    assert live([*PATIENT, (30, RestartAsked(patient=True))]) == (once, ())


def test_what_tells_no_facts_is_ready_by_evidence():
    came_up: History = [*STARTING, (2, CameUp(1, "port 80 listens"))]
    worker, _ = live(came_up)
    assert (worker.phase, worker.evidence) == (Phase.READY, "port 80 listens")
    assert live([*came_up, (3, CameUp(9, "of another run"))]) == (worker, ())


def test_where_nothing_can_be_broken_off_a_kill_follows_the_grace():
    row = replace(STEADY, breaks_off=False, grace_s=3)
    worker, actions = live([*UP, (10, StopAsked()), (13, Woke())], row)
    assert (worker.why, actions) == ("not gone after 3 s: killed", (Kill(),))
    _, actions = live([*UP, (10, StopAsked()), (11, StopAsked())], row)
    assert actions == (Kill(),)

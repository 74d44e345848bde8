"""What is said of a worker in trouble."""

from dataclasses import replace
from typing import Any

import pytest

from core.changes import Diagnosed
from core.known.table import diagnose
from core.tasks.facts import StartFailed
from core.workers.messages import Rung
from core.workers.phase import RunningTask, Stage, Then, Worker
from desktop.run.trouble_words import Crash, banner_words, crash_trouble, known_trouble

TASK = RunningTask("8f2c0000-0000", "reports.render", 88.0)
UP = Worker("w1@box", Stage.UP, "waits for tasks", since=90.0, run=1, up_since=80.0)
STOPPING = replace(UP, stage=Stage.STOPPING, task=TASK, rung=Rung.WARM, wake_at=120.0)
DOWN = replace(
    UP, stage=Stage.BACKOFF, why="ended with code 9", backoff_tries=2, wake_at=103.0, exit=9
)


def said(**fields: Any) -> tuple[str, str, float | None]:
    words = banner_words(replace(UP, **fields), 100.0)
    assert words is not None
    return words.sentence, words.button, words.share


def test_a_stop_says_how_far_it_is_and_when_it_is_forced() -> None:
    words = banner_words(STOPPING, 100.0)
    assert words is not None
    assert words.sentence == "finishing reports.render (12 s), force in 20 s"
    assert (words.button, words.share) == ("Force now", pytest.approx(1 / 3))
    later = banner_words(replace(STOPPING, rung=Rung.COLD, then=Then.RESTART), 118.0)
    assert later is not None
    assert later.sentence == (
        "breaking off reports.render (30 s), then it starts again, kill in 2 s"
    )
    killed = banner_words(replace(STOPPING, rung=Rung.KILL, wake_at=None), 118.0)
    assert killed is not None
    assert (killed.text.endswith(": killed, not gone yet"), killed.button) == (True, "")
    patient = banner_words(replace(STOPPING, wake_at=None), 118.0)
    assert patient is not None
    assert (patient.share, patient.button) == (None, "Force now")


def test_each_wait_says_for_what() -> None:
    waits = {"stage": Stage.BACKOFF, "backoff_tries": 2, "wake_at": 103.0}
    assert said(**waits) == ("crashed, try 2, in 3 s", "Start now", pytest.approx(10 / 13))
    lost = said(broker_error="timed out")
    assert lost == ("broker lost: timed out; it connects again by itself, for 10 s", "", None)
    quiet = said(quiet=True, heard_at=40.0)
    assert quiet[:2] == (
        "no output, no telemetry; last known: waits for tasks, for 60 s",
        "Restart",
    )
    assert said(stage=Stage.FATAL)[0] == "gave up: it is not started again by itself"
    assert said(stage=Stage.CRASHED)[1] == "Start again"


@pytest.mark.parametrize("stage", [Stage.UP, Stage.STOPPED, Stage.STARTING, Stage.EXITED])
def test_who_waits_for_nothing_has_no_banner(stage: Stage) -> None:
    assert banner_words(replace(UP, stage=stage), 100.0) is None


CRASH = Crash(DOWN, "ended with code 9", 2, False, TASK, None, ("page 3",), 41)


def test_a_crash_says_how_it_ended_and_what_became_of_its_task() -> None:
    told = crash_trouble(CRASH, DOWN, None)
    assert (told.title, told.note) == ("Crashed in reports.render", "2nd time")
    assert told.text == (
        "Ended with code 9. Likely its task called os._exit, or C code ended the process."
    )
    assert told.more == "reports.render[8f2c0000] waits to be settled."
    assert (told.button, told.lines, told.line) == ("Start now", ("page 3",), 41)
    again = crash_trouble(CRASH, replace(UP, run=2), "failed")
    assert again.more == (
        "reports.render[8f2c0000] counts as failed (WorkerLostError), as it would with prefork."
        " w1 runs again."
    )
    assert again.button == ""


def test_a_kill_from_outside_is_no_crash_of_its_own() -> None:
    killed = replace(CRASH, outside=True, words="was ended by SIGKILL", task=None, times=1)
    told = crash_trouble(killed, UP, None)
    assert (told.title, told.note, told.text) == ("Ended from outside", "", "Was ended by SIGKILL.")


def test_who_gave_up_says_why_and_what_to_do() -> None:
    known = diagnose("ModuleNotFoundError: No module named 'redis'")
    gave_up = replace(CRASH, worker=replace(DOWN, stage=Stage.FATAL), task=None, known=known)
    told = crash_trouble(gave_up, replace(UP, stage=Stage.FATAL), None)
    assert told.title == "Gave up: it never came up"
    assert told.fix.startswith("Install it with Celery")
    assert (told.button, bool(told.link)) == ("Start again", True)
    failed = StartFailed(0.0, "the app cannot be imported", "no module shop", "look", final=True)
    told = crash_trouble(replace(CRASH, worker=replace(DOWN, start_error=failed)), DOWN, None)
    assert (told.title, told.text.partition(".")[0], told.fix) == (
        "The app cannot be imported",
        "No module shop",
        "Look.",
    )


@pytest.mark.parametrize(
    ("times", "words"), [(3, "3rd time"), (4, "4th time"), (11, "11th time"), (21, "21st time")]
)
def test_crashes_are_counted(times: int, words: str) -> None:
    assert crash_trouble(replace(CRASH, times=times), DOWN, None).note == words


def test_a_known_error_says_cause_and_fix_and_how_often_it_came() -> None:
    error = diagnose("OSError: No space left on device")
    assert error is not None
    told = known_trouble(Diagnosed("w1@box", error, 7, 1))
    assert (told.title, told.fix, told.line, told.note) == ("The disk is full", "Make room.", 7, "")
    assert known_trouble(Diagnosed("w1@box", error, 90, 10)).note == "10 lines"

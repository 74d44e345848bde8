"""What a deploy does, in words."""

from dataclasses import replace

from core.render.rehearsing.rehearsal import Row, Workers
from core.render.rehearsing.rules import Fate, Stop, Task, changes, held, outcome
from desktop.render.rehearsal_words import LOOKS, cells, fate, holding, stopping

STOP = Stop()


def row(task: Task, stop: Stop = STOP) -> Row:
    return Row(task, outcome(task, stop), tuple(changes(task, stop)))


LONG = row(Task("shop.report", longest_s=120.0, count=3))
WORKERS = Workers("jobs", 12, "5.7.0", "redis", STOP, (LONG,), held(STOP, False))


def test_a_task_that_is_lost_says_what_changes_that_and_why_it_is_so() -> None:
    task, times, what, how = cells(LONG)
    assert (task.text, times.text, what.text) == ("shop.report", "120 s", "lost")
    assert times.hint == "the longest of 3 runs here"
    assert (what.icon_name, what.colour) == LOOKS[Fate.LOST]
    assert "acknowledged when it began" in what.hint
    assert how.text.startswith("maxShutdownDelaySeconds: 150 or ")
    assert "maxShutdownDelaySeconds: 150: finishes" in how.hint.splitlines()
    assert "it must bear to be run twice" in how.hint


def test_a_task_that_finishes_needs_no_change() -> None:
    _, times, what, how = cells(row(Task("shop.add", longest_s=0.25, count=1)))
    assert (times.text, what.text, how.text) == ("0.25 s", "finishes", "")


def test_what_was_never_timed_is_not_known() -> None:
    never = row(Task("shop.add"))
    assert cells(never)[1].text == "never timed"
    assert fate(never.outcome) == "not known, if cut lost"


def test_every_fate_has_a_shape_and_a_colour() -> None:
    assert set(LOOKS) == set(Fate)
    assert len({icon_name for icon_name, _ in LOOKS.values()}) == len(Fate)


def test_how_a_service_is_stopped_is_said_with_its_place() -> None:
    assert stopping(WORKERS) == (
        "render.yaml:12: SIGTERM is a warm shutdown, SIGKILL comes 30 s later"
    )
    soft = Stop(delay_s=60.0, quits=True, soft_s=50.0)
    assert "cold shutdown (REMAP_SIGTERM=SIGQUIT) after 50 s" in stopping(
        replace(WORKERS, line=None, stop=soft)
    )
    assert "Redis keeps them for 3600 s" in holding(WORKERS)

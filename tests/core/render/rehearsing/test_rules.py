"""What becomes of tasks whose worker is stopped; each row was seen in test_rehearsed.py too."""

import pytest

from core.render.rehearsing.rules import Fate, Stop, Task, changes, held, outcome, told_s

WARM = Stop(delay_s=30)
SOFT = Stop(delay_s=30, quits=True, soft_s=20)
COLD = Stop(delay_s=30, quits=True, soft_s=0)
TOO_SOFT = Stop(delay_s=30, quits=True, soft_s=60)
AMQP = Stop(delay_s=30, visibility_s=None)


def task(longest_s: float | None, *, late: bool = False, **more: float) -> Task:
    return Task("shop.ship", acks_late=late, longest_s=longest_s, count=3, **more)


@pytest.mark.parametrize(
    ("of", "stop", "fate"),
    [
        (task(12), WARM, Fate.FINISHES),
        (task(90), WARM, Fate.LOST),
        (task(90, late=True), WARM, Fate.AGAIN_LATER),
        (task(90, late=True), AMQP, Fate.AGAIN_NOW),
        (task(90), AMQP, Fate.LOST),
        (task(12), SOFT, Fate.FINISHES),
        (task(25), SOFT, Fate.LOST),
        (task(25, late=True), SOFT, Fate.AGAIN_NOW),
        (task(12, late=True), COLD, Fate.AGAIN_NOW),
        (task(12), COLD, Fate.LOST),
        (task(90, late=True), TOO_SOFT, Fate.AGAIN_LATER),
        (task(25), TOO_SOFT, Fate.FINISHES),
        (task(26), WARM, Fate.UNKNOWN),
        (task(26, time_limit_s=28), WARM, Fate.FINISHES),
        (task(None), WARM, Fate.UNKNOWN),
        (task(None, time_limit_s=20), WARM, Fate.FINISHES),
        (task(None, time_limit_s=1800), WARM, Fate.UNKNOWN),
        (task(90, time_limit_s=20), WARM, Fate.FINISHES),
    ],
)
def test_a_task_that_has_just_begun(of: Task, stop: Stop, fate: Fate) -> None:
    assert outcome(of, stop).fate is fate


def test_a_lost_child_is_no_lost_worker() -> None:
    rejecting = Task("t", acks_late=True, reject_on_worker_lost=True, longest_s=90)
    assert outcome(rejecting, WARM).fate is Fate.AGAIN_LATER


def test_later_is_the_visibility_timeout_and_the_sweep() -> None:
    assert outcome(task(90, late=True), WARM).after_s == 3700


def test_what_was_never_timed_is_told_with_what_would_become_of_it() -> None:
    told = outcome(task(None, late=True), WARM)
    assert (told.fate, told.if_cut) == (Fate.UNKNOWN, Fate.AGAIN_LATER)
    assert "never timed" in told.why


def test_a_limit_that_is_too_long_tells_nothing_of_how_long_it_takes() -> None:
    told = outcome(task(None, time_limit_s=1800), WARM)
    assert told.why.startswith("it was never timed, and its limit lets it run 1800 s; after 30 s ")


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.254, "0.25 s"), (3.14, "3.1 s"), (61.4, "61 s"), (3600, "3600 s")]
)
def test_times_are_told_as_exactly_as_they_matter(seconds: float, told: str) -> None:
    assert told_s(seconds) == told


@pytest.mark.parametrize(
    ("stop", "all_finish", "fate"),
    [
        (WARM, True, Fate.AGAIN_NOW),
        (WARM, False, Fate.AGAIN_LATER),
        (SOFT, False, Fate.AGAIN_NOW),
        (AMQP, False, Fate.AGAIN_NOW),
    ],
)
def test_what_is_held_goes_back_when_the_worker_leaves_by_itself(
    stop: Stop, all_finish: bool, fate: Fate
) -> None:
    assert held(stop, all_finish).fate is fate


def test_a_longer_delay_lets_it_finish_where_render_allows_that_much() -> None:
    first = next(changes(task(90), WARM))
    assert first.settings == ("maxShutdownDelaySeconds: 110",)
    assert first.outcome.fate is Fate.FINISHES
    assert all("maxShutdown" not in each.settings[0] for each in changes(task(900), WARM))


def test_a_soft_shutdown_gives_late_tasks_back_at_once() -> None:
    told = {each.settings: each.outcome.fate for each in changes(task(900), WARM)}
    assert told == {
        (
            "acks_late=True",
            "REMAP_SIGTERM=SIGQUIT",
            "worker_soft_shutdown_timeout = 20",
        ): Fate.AGAIN_NOW,
        ("acks_late=True",): Fate.AGAIN_LATER,
    }
    assert all(each.price for each in changes(task(900), WARM))


def test_an_older_celery_is_not_told_to_shut_down_softly() -> None:
    settings = [each.settings for each in changes(task(900), WARM, soft_known=False)]
    assert settings == [("acks_late=True",)]


def test_what_took_nearly_as_long_here_is_not_said_to_finish_there() -> None:
    told = outcome(task(29), WARM)
    assert (told.fate, told.if_cut) == (Fate.UNKNOWN, Fate.LOST)
    assert told.why.startswith("it took 29 s here, and has 30 s: too near to tell")
    first = next(changes(task(29), WARM))
    assert (first.settings, first.outcome.fate) == (("maxShutdownDelaySeconds: 40",), Fate.FINISHES)


def test_what_finishes_needs_no_change() -> None:
    assert list(changes(task(12), WARM)) == []


def test_what_was_never_timed_gets_what_would_save_it() -> None:
    fates = [each.outcome.if_cut for each in changes(task(None), WARM)]
    assert fates == [Fate.AGAIN_NOW, Fate.AGAIN_LATER]

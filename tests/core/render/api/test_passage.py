"""How far a deploy is."""

from datetime import UTC, datetime, timedelta

import pytest

from core.render.api.answers import Deploy
from core.render.api.passage import Leg, Passage, State, middle_s, usual_s

START = datetime(2026, 11, 20, tzinfo=UTC)


def deploy(status: str, seconds: float | None = None) -> Deploy:
    end = None if seconds is None else START + timedelta(seconds=seconds)
    return Deploy("dep-1", status, "f00d", "Sell", "api", START, end)


def after(*statuses: str) -> Passage:
    """A passage that saw one status every ten seconds."""
    passage = Passage()
    for number, status in enumerate(statuses):
        passage = passage.seen(deploy(status), 10.0 * number)
    return passage


def states(passage: Passage, now: float = 100.0) -> list[State]:
    return [each.state for each in passage.legs(now)]


def test_before_it_is_seen_it_is_queued_and_all_else_ahead() -> None:
    assert states(Passage()) == [State.NOW, *[State.AHEAD] * 4]


def test_legs_behind_are_done_with_their_time_and_the_present_one_counts_on() -> None:
    passage = after("created", "build_in_progress")
    queued, build, *_ = passage.legs(25.0)
    assert (queued.state, queued.seconds) == (State.DONE, 10.0)
    assert (build.state, build.seconds) == (State.NOW, 15.0)
    assert passage.lasted(25.0) == 25.0
    assert passage.since() == 10.0


def test_without_a_pre_deploy_command_that_leg_is_skipped() -> None:
    passage = after("created", "build_in_progress", "update_in_progress", "live")
    assert states(passage) == [State.DONE, State.DONE, State.SKIPPED, State.DONE, State.DONE]
    assert passage.lasted(500.0) == 30.0


def test_with_one_it_is_not() -> None:
    passage = after("build_in_progress", "pre_deploy_in_progress", "update_in_progress")
    assert states(passage) == [State.DONE, State.DONE, State.DONE, State.NOW, State.AHEAD]


@pytest.mark.parametrize(
    ("status", "leg"),
    [
        ("build_failed", Leg.BUILD),
        ("pre_deploy_failed", Leg.PRE_DEPLOY),
        ("update_failed", Leg.START),
    ],
)
def test_it_fails_on_the_leg_that_its_status_names(status: str, leg: Leg) -> None:
    passage = after("created", status)
    assert passage.leg is leg
    assert [each.leg for each in passage.legs(0) if each.state is State.FAILED] == [leg]


def test_a_canceled_one_ends_on_the_leg_that_it_was_on() -> None:
    passage = after("created", "build_in_progress", "canceled")
    assert passage.leg is Leg.BUILD
    assert states(passage)[1] is State.FAILED


def test_a_status_that_nobody_knows_leaves_it_where_it_was() -> None:
    passage = after("created", "build_in_progress", "polishing")
    assert passage.leg is Leg.BUILD
    assert states(passage)[1] is State.NOW


def test_what_good_deploys_took_is_told_of_the_last_five() -> None:
    took = [deploy("live", 90), deploy("build_failed", 5), *[deploy("deactivated", 100)] * 4]
    took.append(deploy("deactivated", 900))
    assert usual_s(took) == (90, 100)
    assert middle_s(took) == 100
    assert usual_s([deploy("created")]) is None
    assert middle_s([]) is None

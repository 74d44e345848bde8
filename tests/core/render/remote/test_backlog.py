"""The rule by which queues scale a worker."""

from collections.abc import Iterable
from itertools import pairwise

import pytest

from core.errors import USAGE, FleetError
from core.render.remote.backlog import Load, Memory, Rule, blind, checked_rule, decide

RULE = Rule(least=1, most=5, per_instance=10, cool_down_s=300)
EVERY_S = 15.0


def run(loads: Iterable[Load], instances: int = 1, rule: Rule = RULE) -> list[int]:
    """How many instances there are after each look, one every 15 s, when all is asked for."""
    memory, seen = Memory(), list[int]()
    for number, load in enumerate(loads):
        memory, decision = decide(rule, memory, load, instances, number * EVERY_S)
        instances = decision.instances or instances
        seen.append(instances)
    return seen


def changes(seen: list[int]) -> int:
    return sum(a != b for a, b in pairwise(seen))


@pytest.mark.parametrize(
    ("waiting", "instances"),
    [(0, 1), (10, 1), (11, 2), (50, 5), (51, 5), (10_000, 5)],
)
def test_a_backlog_takes_as_many_as_it_fills_between_the_limits(
    waiting: int, instances: int
) -> None:
    assert run([Load(waiting, 0)]) == [instances]


def test_it_goes_up_at_once_and_further_without_a_pause() -> None:
    assert run([Load(20, 0), Load(35, 0), Load(60, 0)]) == [2, 4, 5]


def test_it_goes_down_only_after_a_whole_cool_down() -> None:
    quiet = int(RULE.cool_down_s / EVERY_S)
    seen = run([Load(50, 0)] + [Load(0, 0)] * (quiet + 1))
    assert seen == [5] * quiet + [1, 1]


def test_it_goes_down_to_the_most_that_was_wanted_meanwhile() -> None:
    quiet = int(RULE.cool_down_s / EVERY_S)
    calm = [Load(0, 0)] * (quiet // 2) + [Load(25, 0)] + [Load(0, 0)] * (quiet // 2)
    assert run([Load(50, 0), *calm])[-1] == 3


def test_what_workers_hold_keeps_their_instances() -> None:
    hour = [Load(0, 40)] * 240
    assert set(run([Load(50, 0), *hour])) == {5, 4}
    assert run([Load(0, 40)], instances=1) == [1]


@pytest.mark.parametrize("period", [1, 2, 3, 7, 19])
def test_a_load_that_comes_and_goes_within_the_cool_down_changes_nothing(period: int) -> None:
    loads = [Load(50 if number // period % 2 == 0 else 0, 0) for number in range(400)]
    assert changes(run(loads)) == 0
    assert run(loads)[0] == 5


@pytest.mark.parametrize("seconds", [60, 300, 900])
def test_whatever_the_load_no_two_steps_down_are_closer_than_the_cool_down(seconds: int) -> None:
    rule = Rule(1, 9, 7, seconds)
    loads = [Load(number * 7919 % 97, number * 104729 % 11) for number in range(3000)]
    seen = run(loads, rule=rule)
    downs = [n for n, (a, b) in enumerate(pairwise(seen)) if b < a]
    ups = [n for n, (a, b) in enumerate(pairwise(seen)) if b > a]
    for down in downs:
        before = [each for each in (*downs, *ups) if each < down]
        assert all((down - each) * EVERY_S >= seconds for each in before)
    assert all(1 <= each <= 9 for each in seen)


def test_a_number_outside_of_the_limits_comes_back_to_them() -> None:
    rule = Rule(2, 5, 10, 60)
    assert run([Load(0, 0)], instances=1, rule=rule) == [2]
    assert run([Load(500, 0)] * 5, instances=9, rule=rule) == [9, 9, 9, 9, 5]


def test_after_a_look_that_failed_the_cool_down_begins_anew() -> None:
    memory, _ = decide(RULE, Memory(), Load(0, 0), 3, 0.0)
    memory, decision = decide(RULE, blind(memory), Load(0, 0), 3, 300.0)
    assert decision.instances is None
    _, decision = decide(RULE, memory, Load(0, 0), 3, 600.0)
    assert decision.instances == 1


def test_each_decision_says_why() -> None:
    memory, up = decide(RULE, Memory(), Load(42, 3), 1, 0.0)
    assert up.why == "42 waiting, 3 held: 5 instances at 10 each"
    memory, wait = decide(RULE, memory, Load(0, 0), 5, 400.0)
    assert "1 would do" not in wait.why
    _, enough = decide(RULE, Memory(), Load(1, 0), 1, 0.0)
    assert enough.why == "1 waiting, 0 held: it stays at 1"


@pytest.mark.parametrize(
    ("least", "most", "per_instance", "cool_down_s", "why"),
    [
        (3, 2, 10, 300, "no range"),
        (0, 2, 10, 300, "no range"),
        (1, 101, 10, 300, "no range"),
        (1, 2, 0, 300, "at least one message"),
        (1, 2, 10, 59, "over before an instance is up"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    least: int, most: int, per_instance: int, cool_down_s: float, why: str
) -> None:
    with pytest.raises(FleetError, match="there is no such rule") as caught:
        checked_rule(least, most, per_instance, cool_down_s)
    assert why in caught.value.why
    assert caught.value.exit_code == USAGE
    assert checked_rule(1, 5, 10, 300.0) == RULE

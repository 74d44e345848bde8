"""Two observations are compared."""

from tests.parity.comparing import differences_between


def test_equal_observations_have_no_differences() -> None:
    seen = {"tasks": {"a": {"state": "SUCCESS", "body": ["begin", "end"]}}, "afterwards": True}
    assert differences_between(seen, dict(seen)) == []


def test_a_difference_is_told_with_its_place_and_both_sides() -> None:
    one = {"tasks": {"a": {"state": "SUCCESS"}}, "stuck": "never came"}
    other = {"tasks": {"a": {"state": "FAILURE"}}}
    assert differences_between(one, other) == [
        "tasks.a.state: 'SUCCESS' | 'FAILURE'",
        "stuck: 'never came' | '(absent)'",
    ]


def test_a_task_that_only_one_side_has_is_told_whole() -> None:
    assert differences_between({"tasks": {}}, {"tasks": {"b": {"state": None}}}) == [
        "tasks.b: '(absent)' | {'state': None}"
    ]

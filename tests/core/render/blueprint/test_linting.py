"""All faults of a file together: the schema's and the lints'."""

from core.render.blueprint.linting import blueprint_faults
from tests.support.blueprints import BAD, document


def rules(text: str) -> list[str]:
    return [fault.rule for fault in blueprint_faults(document(text))]


def test_a_lint_stands_in_place_of_what_the_schema_says_of_the_same_word() -> None:
    text = "services:\n- type: worker\n  name: a\n  runtime: python-3.11\n"
    assert rules(text) == ["runtime-version"]


def test_faults_come_in_the_order_of_the_file() -> None:
    faults = blueprint_faults(document("redis: {}\n" + BAD["unknown plan"][0]))
    assert [(fault.line, fault.rule) for fault in faults] == [(1, "root-redis"), (3, "schema")]


def test_a_file_that_says_nothing_has_none() -> None:
    assert rules("") == []


def test_a_lint_that_warns_hides_nothing() -> None:
    assert rules("services:\n- {type: keyvalue, name: a}\n") == ["schema", "eviction"]

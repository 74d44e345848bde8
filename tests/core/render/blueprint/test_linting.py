"""All faults of a file together: the schema's and the lints'."""

import pytest

from core.render.blueprint.fault import Severity
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


def test_the_old_name_of_runtime_is_told_once_and_blocks_nothing() -> None:
    faults = blueprint_faults(document("services:\n- type: web\n  name: a\n  env: python\n"))
    assert [(fault.rule, fault.severity) for fault in faults] == [
        ("env-for-runtime", Severity.WARN)
    ]


@pytest.mark.parametrize("key", ["env", "runtime"])
def test_a_static_site_has_its_keys_by_either_name(key: str) -> None:
    text = f"services:\n- {{type: web, name: a, {key}: static, staticPublishPath: out}}\n"
    assert [one for one in rules(text) if one == "schema"] == []


def test_a_version_that_lacks_its_quotes_is_told_how_to_write_it() -> None:
    (fault,) = blueprint_faults(document("databases:\n- {name: d, postgresMajorVersion: 14}\n"))
    assert fault.severity is Severity.WARN
    assert fault.fix == 'Write it in quotes: postgresMajorVersion: "14".'


def test_a_number_that_would_be_wrong_in_quotes_too_blocks() -> None:
    (fault,) = blueprint_faults(document("databases:\n- {name: d, postgresMajorVersion: 9}\n"))
    assert fault.severity is Severity.BLOCK

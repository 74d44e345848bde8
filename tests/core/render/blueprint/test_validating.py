"""What Render's schema refuses, by our own tables, and the same by Render's file."""

import pytest

from core.render.blueprint.fault import Severity
from core.render.blueprint.validating import schema_faults
from tests.support.blueprints import BAD, GOOD, document, plain, render_schema


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_good_blueprint_has_no_fault(text: str) -> None:
    assert schema_faults(document(text)) == ()


@pytest.mark.parametrize(("text", "line"), BAD.values(), ids=BAD)
def test_a_bad_blueprint_has_its_fault_at_its_line(text: str, line: int) -> None:
    first = schema_faults(document(text))[0]
    assert (first.line, first.severity, first.rule) == (line, Severity.BLOCK, "schema")


@pytest.mark.skipif(render_schema() is None, reason="no copy of Render's schema is at hand")
@pytest.mark.parametrize("text", [*GOOD.values(), *(text for text, _ in BAD.values())])
def test_our_verdict_is_that_of_the_schema_of_render(text: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")  # not to be had on Windows under Wine
    validator = jsonschema.Draft202012Validator(render_schema())
    assert (schema_faults(document(text)) == ()) == validator.is_valid(plain(text))


def test_a_fault_says_what_was_expected_and_where() -> None:
    text = "services:\n  - type: worker\n    name: mail\n    runtime: python\n    plan: big\n"
    (fault,) = schema_faults(document(text))
    assert str(fault) == "5:11 block: plan is wrong"
    assert fault.why.startswith("it must be one of free, starter")


@pytest.mark.parametrize(
    ("kind", "fix"),
    [
        ("static", "Write `type: web` and `runtime: static`."),
        ("db", "Move it below `databases:` at the root; it has no type there."),
        ("kv", "Write `type: keyvalue`."),
        ("other", "Write one of web, worker, pserv, cron, keyvalue, redis, workflow."),
    ],
)
def test_a_type_that_is_none_is_told_with_what_is_meant(kind: str, fix: str) -> None:
    (fault,) = schema_faults(document(f"services:\n- {{type: {kind}, name: a}}\n"))
    assert (str(fault), fault.fix) == ("2:10 block: type is wrong", fix)


def test_a_key_that_is_missing_is_told_with_the_name_of_its_service() -> None:
    (fault,) = schema_faults(document("services:\n- {type: worker, name: mail}\n"))
    assert fault.what == "a service mail has no runtime"


def test_an_unknown_key_is_told_with_the_one_that_was_meant() -> None:
    text = "services:\n- {type: worker, name: a, runtime: python, startcommand: x}\n"
    (fault,) = schema_faults(document(text))
    assert "did you mean startCommand?" in fault.fix


def test_a_value_behind_many_aliases_is_checked_once() -> None:
    text = "services:\n- &a {type: worker, name: a, runtime: python, plan: big}\n" + "- *a\n" * 50
    assert len(schema_faults(document(text))) == 1


def test_an_empty_file_has_no_fault() -> None:
    assert schema_faults(document("# nothing yet\n")) == ()

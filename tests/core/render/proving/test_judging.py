"""From what happened on Linux to verdicts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.render.preflight.finding import Finding, Severity
from core.render.proving.event import Step, StepEnded
from core.render.proving.judging import DYNAMIC, Judge
from core.render.proving.plan import plan_of
from core.render.proving.verdict import Passed, Verdict
from tests.support.preflight import clean, picture, planted
from tests.support.proofs import GOOD

ALL = [check for check in DYNAMIC if check != "web-start"]


def verdicts(
    tmp_path: Path, steps: Mapping[Step, dict[str, Any] | None], yaml: str | None = None
) -> list[Verdict]:
    """Of the clean project; a step whose facts are None was not taken, one with `lines` failed."""
    files = planted({} if yaml is None else {"render.yaml": yaml})
    plan = plan_of(picture(files, tmp_path))
    ended = [
        StepEnded(step, _service(step), "lines" not in facts, 1.0, facts)
        for step, facts in {**GOOD, **steps}.items()
        if facts is not None
    ]
    return list(Judge(plan, ended, "this machine").verdicts())


def _service(step: Step) -> str:
    return {Step.BROKER: "", Step.WEB: "web"}.get(step, "worker")


def unproven(found: list[Verdict]) -> dict[str, str]:
    return {
        each.check: each.seen.why
        for each in found
        if isinstance(each, Finding) and each.seen.severity is Severity.UNPROVEN
    }


def passed(found: list[Verdict]) -> dict[str, str]:
    return {each.check: each.evidence for each in found if isinstance(each, Passed)}


def test_a_run_that_holds_settles_all_but_the_memory_of_tasks(tmp_path: Path) -> None:
    found = verdicts(tmp_path, {})
    assert set(passed(found)) == set(DYNAMIC) - {"memory"}
    assert "(Python 3.13.5, this machine)" in passed(found)["resolves-on-linux"]
    assert list(unproven(found)) == ["memory"]


def test_without_a_run_nothing_is_passed(tmp_path: Path) -> None:
    found = verdicts(tmp_path, dict.fromkeys(Step))
    assert passed(found) == {}
    assert set(unproven(found)) == set(DYNAMIC)


def test_what_stands_behind_a_failed_step_is_unproven_and_says_so(tmp_path: Path) -> None:
    later = dict.fromkeys((Step.IMPORT, Step.WORKER, Step.TASK, Step.MEMORY, Step.STOP, Step.WEB))
    found = verdicts(tmp_path, {Step.BUILD: {"code": 1, "lines": ["no"]}, **later})
    assert passed(found) == {}
    reasons = unproven(found)
    assert reasons["importable"] == "the step before it failed: build"
    assert reasons["web-start"] == "the step before it failed: build"
    assert "resolves-on-linux" not in reasons


def test_without_a_redis_or_an_environment_nothing_is_the_projects_fault(tmp_path: Path) -> None:
    none = dict.fromkeys(Step)
    found = verdicts(tmp_path, {**none, Step.BROKER: {"code": 1, "lines": ["no memory"]}})
    assert "no Redis could be started: no memory" in unproven(found)["worker-start"]
    broker: dict[Step, dict[str, Any] | None] = {Step.BROKER: {}}
    found = verdicts(tmp_path, {**none, **broker, Step.PYTHON: {"lines": ["ensurepip failed"]}})
    assert set(unproven(found)) == set(DYNAMIC)
    assert "no environment could be made" in unproven(found)["resolves-on-linux"]


def test_another_python_proves_neither_lists_nor_wheels_and_is_told_with_the_rest(
    tmp_path: Path,
) -> None:
    found = verdicts(tmp_path, {Step.PYTHON: {"version": "3.11.2", "wanted": False}})
    assert {"resolves-on-linux", "wheels"} < set(unproven(found))
    assert passed(found)["importable"].endswith("(on Python 3.11.2, not 3.13)")


def test_what_fails_while_a_value_is_missing_is_a_warning(tmp_path: Path) -> None:
    yaml = clean(
        "render.yaml", "value: INFO", "value: INFO\n      - key: STRIPE\n        sync: false"
    )
    failed = {Step.IMPORT: {"why": "KeyError: 'STRIPE'", "lines": []}}
    (seen,) = (
        each.seen
        for each in verdicts(tmp_path, failed, yaml)
        if isinstance(each, Finding) and each.check == "importable"
    )
    assert seen.severity is Severity.WARN
    assert seen.why == "KeyError: 'STRIPE'; STRIPE had no value here"


def test_a_service_that_is_left_is_unproven(tmp_path: Path) -> None:
    yaml = clean("render.yaml", "name: web\n    runtime: python", "name: web\n    runtime: docker")
    found = verdicts(tmp_path, {Step.WEB: None}, yaml)
    assert "docker" in unproven(found)["web-start"]

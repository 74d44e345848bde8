"""Whether the processes that ran fit into the plan."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.render.plans import MB
from core.render.preflight.finding import Finding, Severity
from core.render.proving.event import Step, StepEnded
from core.render.proving.memory import memory_verdict
from core.render.proving.plan import plan_of
from core.render.proving.verdict import Passed, Verdict
from core.render.sizing.measured import Measured
from core.tasks.call import TaskCall
from core.tasks.memory import TaskMemory
from tests.support.preflight import CLEAN, picture, planted

CALL = TaskCall("proj.tasks.add")


def verdict(
    tmp_path: Path,
    child_mb: int,
    *,
    grown_mb: int | None = None,
    measured: Measured | None = None,
    plan: str = "starter",
    passed: bool = True,
) -> Verdict:
    head, worker, tail = CLEAN["render.yaml"].partition("  - type: worker")
    yaml = head + worker + tail.replace("plan: starter", f"plan: {plan}", 1)
    subject = plan_of(picture(planted({"render.yaml": yaml}), tmp_path)).subjects[0]
    own = child_mb * MB
    facts: dict[str, Any] = {
        "parent": 40 * MB,
        "children": [own + 10 * MB] * 2,
        "own": [own] * 2,
    }
    memory = StepEnded(Step.MEMORY, "worker", passed, 1.0, facts if passed else {"untold": True})
    task = StepEnded(Step.TASK, "worker", True, 1.0, {"grown": (grown_mb or 0) * MB})
    call = None if grown_mb is None else CALL
    return memory_verdict(subject, memory, task, call, measured)


@pytest.mark.parametrize(
    ("child_mb", "severity", "told"),
    [
        (20, Severity.UNPROVEN, "take 100 MB at rest of starter's 512; what tasks take"),
        (200, Severity.WARN, "tight: 90%"),
        (300, Severity.BLOCK, "too much: 129%"),
    ],
)
def test_with_the_probe_alone_only_too_much_at_rest_is_certain(
    tmp_path: Path, child_mb: int, severity: Severity, told: str
) -> None:
    found = verdict(tmp_path, child_mb)
    assert isinstance(found, Finding)
    assert found.seen.severity is severity
    assert told in found.seen.why


def test_a_task_of_the_project_settles_it(tmp_path: Path) -> None:
    found = verdict(tmp_path, 20, grown_mb=50)
    assert isinstance(found, Passed)
    assert "proj.tasks.add takes 50 MB more in each: safe" in found.evidence
    found = verdict(tmp_path, 20, grown_mb=400)
    assert isinstance(found, Finding)
    assert found.seen.severity is Severity.WARN


def test_so_does_the_greediest_of_an_earlier_run(tmp_path: Path) -> None:
    tasks = (TaskMemory("proj.tasks.big", 1, 300 * MB, 300 * MB),)
    measured = Measured(datetime.now(UTC), "earlier", tasks=tasks)
    found = verdict(tmp_path, 20, grown_mb=5, measured=measured)
    assert isinstance(found, Finding)
    assert "2 processes of worker need 700 MB of starter" in found.seen.what


def test_an_unknown_plan_and_a_silent_system_prove_nothing(tmp_path: Path) -> None:
    for found in (verdict(tmp_path, 20, plan="giant"), verdict(tmp_path, 20, passed=False)):
        assert isinstance(found, Finding)
        assert found.seen.severity is Severity.UNPROVEN

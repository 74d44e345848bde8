"""What each step means for one check."""

from pathlib import Path
from typing import Any

import pytest

from core.render.preflight.finding import Seen, Severity
from core.render.proving.event import Step, StepEnded
from core.render.proving.judgments import JUDGMENTS
from core.render.proving.plan import plan_of
from tests.support.preflight import CLEAN, line_of, picture
from tests.support.proofs import GOOD

LINES = {"lines": ["ERROR: no"]}
CASES: list[tuple[str, Step, dict[str, Any], Severity, str, str]] = [
    (
        "resolves-on-linux",
        Step.BUILD,
        {"code": 1},
        Severity.BLOCK,
        "the build of worker fails",
        "exit code 1: ERROR: no",
    ),
    ("wheels", Step.BUILD, {"code": 1}, Severity.UNPROVEN, "wheels", "the build failed"),
    (
        "importable",
        Step.IMPORT,
        {"why": "KeyError: 'A'"},
        Severity.BLOCK,
        "proj.app cannot be",
        "KeyError: 'A'",
    ),
    (
        "literal-variables",
        Step.IMPORT,
        {},
        Severity.UNPROVEN,
        "lead to a broker",
        "was not imported",
    ),
    (
        "worker-start",
        Step.WORKER,
        {"overdue": 60.0},
        Severity.BLOCK,
        "does not get ready",
        "60 s: ERROR: no",
    ),
    (
        "worker-start",
        Step.WORKER,
        {"what": "w", "why": "y", "fix": "f"},
        Severity.UNPROVEN,
        "worker could not be tried: w",
        "y",
    ),
    (
        "task",
        Step.TASK,
        {"eager": True},
        Severity.BLOCK,
        "task_always_eager",
        "none reaches a worker",
    ),
    (
        "task",
        Step.TASK,
        {"unknown": True},
        Severity.BLOCK,
        "does not know the task",
        "not imported",
    ),
    (
        "task",
        Step.TASK,
        {"state": "FAILURE", "error": "ValueError: x"},
        Severity.BLOCK,
        "the task failed",
        "ValueError: x",
    ),
    (
        "task",
        Step.TASK,
        {"overdue": 60.0, "fate": "waiting"},
        Severity.BLOCK,
        "did not come back",
        "back in the queue",
    ),
    ("sigterm", Step.STOP, {"overdue": 20.0}, Severity.UNPROVEN, "ends its task", "20 s"),
    (
        "web-start",
        Step.WEB,
        {"host": "127.0.0.1"},
        Severity.BLOCK,
        "listens on 127.0.0.1",
        "0.0.0.0",
    ),
    ("web-start", Step.WEB, {"status": 404}, Severity.BLOCK, "GET /health of web gave 404", "2xx"),
    (
        "web-start",
        Step.WEB,
        {"ports": {"8000": "0.0.0.0"}},
        Severity.WARN,
        "8000, not on $PORT",
        "PORT",
    ),
    ("web-start", Step.WEB, {"code": 1}, Severity.BLOCK, "does not come up", "exit code 1"),
]


def judged(tmp_path: Path, check: str, step: Step, facts: dict[str, Any]) -> str | Seen:
    worker, web = plan_of(picture(CLEAN, tmp_path)).subjects
    subject = web if step is Step.WEB else worker
    ended = StepEnded(step, subject.name, "lines" not in facts, 1.0, facts)
    return JUDGMENTS[check](subject, ended)


@pytest.mark.parametrize(("check", "step", "facts", "severity", "what", "why"), CASES)
def test_what_fails_is_told_in_three_parts_at_the_start_command(
    tmp_path: Path,
    check: str,
    step: Step,
    facts: dict[str, Any],
    severity: Severity,
    what: str,
    why: str,
) -> None:
    seen = judged(tmp_path, check, step, {**LINES, **facts})
    assert isinstance(seen, Seen)
    assert (seen.severity, seen.file) == (severity, "render.yaml")
    assert seen.line == line_of(
        CLEAN["render.yaml"], "uvicorn" if step is Step.WEB else "celery -A"
    )
    assert what in seen.what
    assert why in seen.why
    assert seen.fix


@pytest.mark.parametrize(
    ("check", "step"),
    [
        ("resolves-on-linux", Step.BUILD),
        ("wheels", Step.BUILD),
        ("importable", Step.IMPORT),
        ("literal-variables", Step.IMPORT),
        ("worker-start", Step.WORKER),
        ("task", Step.TASK),
        ("sigterm", Step.STOP),
        ("web-start", Step.WEB),
    ],
)
def test_what_holds_is_told_with_its_evidence(tmp_path: Path, check: str, step: Step) -> None:
    assert isinstance(judged(tmp_path, check, step, GOOD[step]), str)


def test_a_compiled_package_is_a_warning(tmp_path: Path) -> None:
    seen = judged(tmp_path, "wheels", Step.BUILD, {"packages": 3, "compiled": ["uwsgi"]})
    assert isinstance(seen, Seen)
    assert (seen.severity, seen.what.startswith("uwsgi ")) == (Severity.WARN, True)


@pytest.mark.parametrize(
    ("url", "error", "what"),
    [
        ("amqp://guest:**@localhost:5672//", None, "has no broker"),
        ("amqp://guest:**@%24%7BX%7D:5672//", None, "takes a reference"),
        ("redis://broker:6379/0", "ValueError: ssl_cert_reqs", "the result backend of worker"),
    ],
)
def test_where_the_variables_lead_is_judged(
    tmp_path: Path, url: str, error: str | None, what: str
) -> None:
    facts = {**GOOD[Step.IMPORT], "broker": {"url": url}, "results": {"error": error}}
    seen = judged(tmp_path, "literal-variables", Step.IMPORT, facts)
    assert isinstance(seen, Seen)
    assert seen.severity is Severity.BLOCK
    assert what in seen.what


@pytest.mark.parametrize(
    ("facts", "severity", "what"),
    [
        ({"heard": False, "fate": "lost"}, Severity.BLOCK, "SIGTERM does not reach the worker"),
        ({"killed": True, "fate": "lost"}, Severity.BLOCK, "still there 30 s after SIGTERM"),
        ({"fate": "lost"}, Severity.BLOCK, "a deploy costs worker the task"),
        ({"fate": "out"}, Severity.WARN, "a deploy costs worker the task"),
        ({"fate": "FAILURE"}, Severity.BLOCK, "a deploy costs worker the task"),
    ],
)
def test_what_becomes_of_a_task_at_sigterm_is_judged(
    tmp_path: Path, facts: dict[str, Any], severity: Severity, what: str
) -> None:
    told = {"heard": True, "killed": False, "exit_s": 2.0, "waited_s": 30.0, **facts}
    seen = judged(tmp_path, "sigterm", Step.STOP, told)
    assert isinstance(seen, Seen)
    assert (seen.severity, what in seen.what) == (severity, True)
    back = judged(tmp_path, "sigterm", Step.STOP, {**told, **GOOD[Step.STOP], "fate": "waiting"})
    assert back == "the task is back in the queue; it left 2.1 s after SIGTERM"

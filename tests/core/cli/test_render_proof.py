"""How a proof is shown."""

import json

from core.cli.render_proof import ProofProgress, proof_fields, proof_lines
from core.render.proving.event import Step, StepEnded, StepSaid, StepStarted
from core.render.proving.ground import Ground
from core.render.proving.proof import Proof
from core.render.proving.verdict import Passed

COMMAND = "celery -A proj.app worker --loglevel=info --concurrency=2 -n worker@%h -Q mail"


def test_each_step_is_a_line_and_what_its_program_says_stands_below() -> None:
    lines: list[str] = []
    below: list[str] = []
    progress = ProofProgress(lines.append, below.append)
    progress.found(Ground("this machine", (), {}))
    progress.tell(StepStarted(Step.WORKER, "worker", COMMAND))
    progress.tell(StepSaid("\x1b[31mconnecting"))
    progress.tell(StepEnded(Step.WORKER, "worker", True, 3.04))
    assert lines[0] == "Run on Linux: this machine"
    assert lines[1].startswith("  ok    worker  worker: celery -A proj.app worker")
    assert lines[1].endswith("… 3.0 s")
    assert len(lines[1]) <= 80
    assert below == [f"worker  worker: {COMMAND}", "worker  connecting", ""]


def test_what_failed_is_shown_with_its_last_lines() -> None:
    lines: list[str] = []
    progress = ProofProgress(lines.append, lambda text: None)
    progress.tell(StepStarted(Step.BUILD, "web", "make"))
    said = [f"line {number}" for number in range(30)]
    progress.tell(StepEnded(Step.BUILD, "web", False, 1.0, {"lines": said}))
    assert lines[0].startswith("  FAIL  build   web: make ")
    assert lines[1:] == [f"         | {line}" for line in said[-12:]]


def test_evidence_stands_beside_what_passed_for_people_and_programs() -> None:
    passed = Passed("sigterm", "worker", "the task ended first; " * 6)
    step = StepEnded(Step.STOP, "worker", True, 2.0, {"fate": "SUCCESS"})
    made = Proof("this machine", (step,), (passed,))
    first, second, *rest = proof_lines(made)
    assert (first, second[:25]) == ("Proved", "  ok     sigterm, worker:")
    assert all(len(line) <= 80 for line in (second, *rest))
    fields = json.loads(json.dumps(proof_fields(made)))
    assert (fields["where"], fields["steps"][0]["step"]) == ("this machine", "stop")
    assert fields["passed"] == [
        {"check": "sigterm", "service": "worker", "evidence": passed.evidence}
    ]

"""What `verify` came to, and the boxes that it ticks."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import FleetError
from core.render.checklist.case import Case
from core.render.checklist.evidence import Source, State
from core.render.checklist.proof import Proof, recall, remember
from core.render.checklist.there import Remote
from core.render.verifying.report import Finding, Report, Sure
from tests.support.checklists import COMMIT, JOBS, NO_KEY, NOW, case, found, remote, state

CHECKS = {
    "redis": "ran-on-render",
    "web-answers": "web",
    "worker-ready": "online",
    "logged": "log",
    "completed": "ran-on-render",
    "usage": "memory",
}
FINDINGS = tuple(
    Finding(check, Sure.PROVED, f"{check} holds", "it was seen") for check in set(CHECKS.values())
)
PROOF = Proof(NOW, COMMIT, FINDINGS)


def with_proof(top: Path, proof: Proof, said: Remote | FleetError = NO_KEY) -> Case:
    return replace(case(top, said=said), proof=proof)


@pytest.mark.parametrize("id", CHECKS)
def test_what_was_verified_ticks_what_nobody_else_can_tell(tmp_path: Path, id: str) -> None:
    assert state(id, case(tmp_path, said=NO_KEY)) is State.UNKNOWN
    answer = found(id, with_proof(tmp_path, PROOF))
    assert answer.state is State.DONE
    shown = answer.evidence[-1]
    assert (shown.source, shown.commit, shown.at) == (Source.PROOF, COMMIT, NOW)
    assert shown.words == f"{CHECKS[id]} holds: it was seen"


@pytest.mark.parametrize(
    "proof",
    [
        replace(PROOF, commit="f00d"),
        replace(PROOF, commit=""),
        replace(PROOF, findings=()),
        replace(PROOF, findings=(*FINDINGS, Finding("log", Sure.FAILED, "x", "y"))),
        replace(PROOF, findings=(*FINDINGS, Finding("log", Sure.UNKNOWN, "x", "y"))),
        replace(PROOF, findings=(*FINDINGS, Finding("commit", Sure.FAILED, "x", "y"))),
    ],
)
def test_another_commit_or_a_finding_that_does_not_hold_ticks_nothing(
    tmp_path: Path, proof: Proof
) -> None:
    assert state("logged", with_proof(tmp_path, proof)) is State.UNKNOWN


def test_a_deploy_that_began_later_was_not_verified(tmp_path: Path) -> None:
    silent = remote(replace(JOBS, lines=()))
    assert state("logged", with_proof(tmp_path, PROOF, silent)) is State.DONE
    before = replace(PROOF, at=NOW - timedelta(days=1))
    assert state("logged", with_proof(tmp_path, before, silent)) is State.UNKNOWN


def test_what_is_known_not_to_be_so_stays_open(tmp_path: Path) -> None:
    killed = remote(replace(JOBS, killed=(NOW,)))
    assert state("usage", with_proof(tmp_path, PROOF, killed)) is State.OPEN


def test_a_report_is_known_in_the_next_run(tmp_path: Path) -> None:
    report = Report("Shop", COMMIT, "redis://broker:6379", "render", None, FINDINGS)
    remember("shop-1", report, NOW, tmp_path)
    assert recall("shop-1", tmp_path) == PROOF
    assert recall("other-1", tmp_path) is None
    (tmp_path / "blocked-1").write_text("a file where the folder should be")
    remember("blocked-1", report, NOW, tmp_path)


@pytest.mark.parametrize("text", ["", "[]", '{"version": 9}', '{"version": 1, "at": "x"}'])
def test_a_record_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "shop-1").mkdir()
    (tmp_path / "shop-1" / "verified.json").write_text(text)
    assert recall("shop-1", tmp_path) is None

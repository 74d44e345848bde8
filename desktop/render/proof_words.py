"""What was proved of a deployment, as it is shown: looks, and a few words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from core.errors import FleetError
from core.render.checklist.proof import Proof
from core.render.verifying.report import Finding, Sure
from desktop.deploy.steps import Mark, Standing
from desktop.render.words import counted, when
from desktop.theme.looks import Look, Shape

LOOKS: Final[dict[Sure, Look]] = {
    Sure.PROVED: Look("ok", Shape.CIRCLE, "Proved"),
    Sure.INFERRED: Look("acc", Shape.HALF_CIRCLE, "Inferred"),
    Sure.UNKNOWN: Look("grey", Shape.DASHED_CIRCLE, "Unknown"),
    Sure.FAILED: Look("err", Shape.SQUARE, "Failed"),
}
MEANING: Final[dict[Sure, str]] = {
    Sure.PROVED: "it was seen",
    Sure.INFERRED: "it follows from what was seen, if Render and Celery do as they say",
    Sure.UNKNOWN: "nobody could look",
    Sure.FAILED: "it does not hold",
}
SHORT: Final = 7
"""Letters of a commit that people are shown."""
GUARDS: Final = ("local-workers", "render-workers")
"""Checks that nobody here takes production's tasks, and nobody there takes ours."""


def guard_error(findings: Sequence[Finding]) -> FleetError | None:
    """The error for workers that take tasks of the other side; None without any."""
    for each in findings:
        if each.check in GUARDS and each.sure is Sure.FAILED:
            return FleetError(each.what, each.evidence, each.fix)
    return None


def summary(proof: Proof | None) -> str:
    """When it was, at which commit, and what it came to."""
    if proof is None:
        return "Never verified on this machine."
    count = Counter(each.sure for each in proof.findings)
    told = ", ".join(f"{count[sure]} {sure}" for sure in Sure if count[sure])
    commit = f"commit {proof.commit[:SHORT]}" if proof.commit else "an unknown commit"
    return f"Verified {when(proof.at)}, {commit}: {told}."


def proof_standing(proof: Proof | None, *, running: bool) -> Standing:
    """How far the step is."""
    if running:
        return Standing(Mark.RUNNING, "being looked at")
    if proof is None:
        return Standing(Mark.WAITING, "not verified yet")
    failed = sum(each.sure is Sure.FAILED for each in proof.findings)
    if failed:
        return Standing(Mark.FAULT, f"{failed} of {counted(len(proof.findings), 'finding')} fail")
    ran = [each for each in proof.findings if each.check == "ran-on-render"]
    seen = any(each.sure is Sure.PROVED for each in ran)
    words = f"{'proved' if seen else 'not all proved'}, {proof.commit[:SHORT] or when(proof.at)}"
    return Standing(Mark.DONE if seen else Mark.LOOK_AT, words)


def clock(at: datetime) -> str:
    """A time of the task, to a thousandth of a second, in UTC."""
    return f"{at:%H:%M:%S}.{at.microsecond // 1000:03}Z"

"""What a proof came to: a check that passed, with its evidence, or a finding."""

from dataclasses import dataclass

from core.render.preflight.finding import Finding


@dataclass(frozen=True, slots=True)
class Passed:
    """A check that a run has settled for one service; `evidence` says by what."""

    check: str
    service: str
    evidence: str


Verdict = Passed | Finding

"""Proves a snapshot: finds a Linux, runs all there, and judges what came of it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import FAILED, FleetError
from core.render.preflight.examination import CHECKS
from core.render.preflight.finding import Finding, Severity
from core.render.preflight.snapshot import Snapshot
from core.render.proving.archive import write_archive
from core.render.proving.event import StepEnded, StepEvent
from core.render.proving.ground import Ground, find_ground
from core.render.proving.judging import DYNAMIC, Judge
from core.render.proving.plan import Plan, plan_of
from core.render.proving.running import prove
from core.render.proving.verdict import Passed, Verdict
from core.tasks.call import TaskCall
from core.workers.containment import Containment


@dataclass(frozen=True, slots=True)
class Proof:
    """`where` it ran, None where no Linux is; the steps in order; what they came to."""

    where: str | None
    ended: tuple[StepEnded, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> tuple[Passed, ...]:
        """What held."""
        return tuple(each for each in self.verdicts if isinstance(each, Passed))

    def over(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings of the preflight, with those of the proof in place of what was only unproven.

        They are in the order of the report.
        """
        kept = (
            each
            for each in findings
            if each.check not in DYNAMIC or each.seen.severity is not Severity.UNPROVEN
        )
        own = (each for each in self.verdicts if isinstance(each, Finding))
        order = [check.id for check in CHECKS] + list(DYNAMIC)
        found = dict.fromkeys((*kept, *own))
        return tuple(sorted(found, key=lambda each: order.index(each.check)))


async def prove_snapshot(
    snapshot: Snapshot,
    containment: Containment,
    environ: Mapping[str, str],
    tell: Callable[[StepEvent], None],
    *,
    call: TaskCall | None = None,
    limit_s: float | None = None,
    found: Callable[[Ground], None] = lambda ground: None,
) -> Proof:
    """Prove it; `tell` gets each event, `found` the Linux that was found.

    Raises FleetError: nothing of it can be run, git refuses, the run broke off.
    """
    plan = plan_of(snapshot, call)
    if not plan.subjects and not plan.left:
        raise FleetError(
            "there is nothing to prove",
            "neither render.yaml nor the project says what starts a worker or a web service",
            "make render.yaml: solofleet render blueprint --write",
            exit_code=FAILED,
        )
    try:
        ground = await find_ground(plan.python, environ)
    except FleetError as error:
        return Proof(None, (), tuple(_nowhere(plan, error)))
    found(ground)
    ended: list[StepEnded] = []
    if plan.subjects:
        with TemporaryDirectory(prefix="solofleet-commit-", ignore_cleanup_errors=True) as folder:
            archive = Path(folder, "commit.tar")
            await asyncio.to_thread(write_archive, snapshot.commit, archive)
            async with aclosing(prove(plan, ground, archive, containment, limit_s)) as events:
                async for event in events:
                    tell(event)
                    if isinstance(event, StepEnded):
                        ended.append(event)
    judge = Judge(plan, ended, ground.label, snapshot.measured)
    return Proof(ground.label, tuple(ended), tuple(judge.verdicts()))


def _nowhere(plan: Plan, error: FleetError) -> Iterable[Verdict]:
    """Where there is no Linux, nothing is proved, and each says what would do it."""
    for each in Judge(plan, (), "").verdicts():
        assert isinstance(each, Finding), "nothing passes without a run"
        why = f"{error.what}: {error.why}"
        yield replace(each, seen=replace(each.seen, why=why, fix=error.fix))

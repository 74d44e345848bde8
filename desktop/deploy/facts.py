"""What was found out about a project and Render, a part for each step of the page."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.checklist.ticking import Now, Ticked
from core.render.preflight.finding import Finding
from core.render.preflight.mending import Change
from core.render.sizing.measured import Measured
from core.render.sizing.report import Question, Report
from core.render.variables.contract import Row
from core.render.variables.finding import Finding as Lint
from desktop.deploy.told import Told


@dataclass(frozen=True, slots=True)
class Preflight:
    """The findings in the commit `oid` of the repository at `top`; no `branch` where HEAD is
    detached.
    """

    top: Path
    oid: str
    branch: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Environment:
    """All variables, and what is wrong with them; files are below `root`."""

    root: Path
    rows: tuple[Row, ...]
    lints: tuple[Lint, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured, what was asked, and the answer."""

    measured: Measured | None
    question: Question
    report: Report


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fault that was mended in the working tree, and the change that did it."""

    told: Told
    change: Change


@dataclass(frozen=True, slots=True)
class Checked:
    """The checklist, as it stood at a moment; files are below `top`."""

    now: Now
    boxes: tuple[Ticked, ...]

    @property
    def top(self) -> Path:
        """The top of the repository."""
        return self.now.case.snapshot.commit.top


@dataclass(frozen=True, slots=True)
class Facts:
    """None for what nobody looked at yet; an error where that could not be."""

    preflight: Preflight | FleetError | None = None
    draft: Draft | FleetError | None = None
    environment: Environment | FleetError | None = None
    size: Size | FleetError | None = None
    fixed: tuple[Fixed, ...] = ()
    checklist: Checked | FleetError | None = None


Part: TypeAlias = Preflight | Draft | Environment | Size | Checked


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is tried out for size and cost; None: as the Blueprint has it."""

    plan: str | None = None
    instances: int | None = None
    concurrency: int | None = None

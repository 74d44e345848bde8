"""Finds out what the page shows: files and git in threads, so the window goes on meanwhile."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from core.errors import FleetError
from core.project.opening import Project, open_project
from core.project.versions import read_versions
from core.render.blueprint.drafting import Draft, draft_blueprint
from core.render.choices import Choices
from core.render.plans import known_plans
from core.render.preflight.examination import CHECKS, found_by
from core.render.preflight.finding import Finding
from core.render.preflight.taking import take_snapshot
from core.render.sizing.measured import Measured
from core.render.sizing.record import of_meter, recall, remember
from core.render.sizing.rented import question_of
from core.render.sizing.report import Question, report
from core.render.variables.contract import rows_of
from core.render.variables.digests import Digests
from core.render.variables.lints import lints
from core.render.variables.looking import look
from core.session import Session
from core.wishes import Wishes
from core.workers.mode import Mode
from desktop.deploy.facts import Environment, Preflight, Size, WhatIf

HERE: Final = "workers that run here"
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Ground:
    """The project as its files have it now, what runs it, and what its workers took here."""

    project: Project
    python: str | None
    measured: Measured | None


async def read_ground(session: Session, environ: Mapping[str, str]) -> Ground:
    """Read it. What the running fleet shows is kept first, as at its end. Raises FleetError."""
    opened = session.project
    if session.mode is Mode.FLEET:
        await asyncio.to_thread(remember, opened.name, of_meter(session.meter, HERE))
    read = partial(
        open_project,
        opened.root,
        app=opened.app,
        python=str(opened.interpreter.path),
        environ=environ,
    )
    fresh = await asyncio.to_thread(read)
    project = replace(opened, settings=fresh.settings, env=fresh.env)
    try:
        python = (await read_versions(project.interpreter, environ)).python
    except FleetError:
        python = None  # the doctor tells; here it is one fact less
    return Ground(project, python, await asyncio.to_thread(recall, project.name))


async def run_preflight(ground: Ground, told: Progress) -> Preflight:
    """Look over what git would send; `told` how many checks of how many are through.

    It can be cancelled between two checks. Raises FleetError.
    """
    project = ground.project
    snapshot = await asyncio.to_thread(
        take_snapshot, project.root, project, ground.python, ground.measured
    )
    findings: list[Finding] = []
    for number, check in enumerate(CHECKS):
        told(number, len(CHECKS))
        findings += await asyncio.to_thread(found_by, check, snapshot)
    commit = snapshot.commit
    return Preflight(commit.top, commit.oid, commit.branch, tuple(findings))


async def make_draft(ground: Ground, environ: Mapping[str, str], asked: Choices) -> Draft:
    """The Blueprint as it would be with these choices. Raises FleetError."""
    return await asyncio.to_thread(
        draft_blueprint, ground.project, Wishes(), environ, asked, ground.python
    )


async def read_environment(ground: Ground) -> Environment:
    """The list of variables. Raises FleetError."""
    return await asyncio.to_thread(_environment, ground.project)


def _environment(project: Project) -> Environment:
    picture, digests = look(project), Digests()
    return Environment(project.root, rows_of(picture, digests), lints(picture, digests))


def size_of(measured: Measured | None, draft: Draft | None, tried: WhatIf) -> Size:
    """Size and cost of what the Blueprint rents, with what is tried out over it.

    Raises FleetError for a plan whose price nobody knows.
    """
    what_if = (tried.plan, tried.concurrency, tried.instances)
    question = question_of(draft, *what_if) if draft else Question(what_if[0], None, *what_if[1:])
    return Size(measured, question, report(measured, question, known_plans()))

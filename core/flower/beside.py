"""Flower as a command beside the workers of a session."""

import asyncio
from dataclasses import dataclass

from core.flower.access import VARIABLE, find_access
from core.flower.choice import project_has_flower
from core.flower.plan import NAME, PREFIX_VARIABLE, FlowerPlan, alone, in_project, read_prefix
from core.flower.port import choose_port, own_folder, remember_port
from core.flower.watching import Sight, make_workers_seen
from core.project.versions import read_versions
from core.rows.readiness import HttpAnswers
from core.rows.row import RowSpec
from core.secret import Secret
from core.session import Session


@dataclass(frozen=True, slots=True)
class Beside:
    """A Flower of this session: what was started; `own` is Solofleet's, without the user's code."""

    plan: FlowerPlan
    own: bool


async def start_flower(session: Session) -> Beside:
    """Start it as the row `flower`, which has none of that name alive.

    Raises FleetError: the project's Flower is broken, no port is free, the app cannot be asked.
    """
    project, spec = session.project, session.company.spec
    versions = await read_versions(project.interpreter)
    own = not project_has_flower(versions, project.interpreter)
    env = spec.environment()
    prefix = read_prefix(env.get(PREFIX_VARIABLE, ""))
    folder = await asyncio.to_thread(own_folder, project.name)
    access = await asyncio.to_thread(find_access, project.name, env)
    port = await asyncio.to_thread(choose_port, folder)
    if own:
        settings = await session.calls.watched()
        plan = alone(spec, settings, folder, access, port, prefix)
    else:
        plan = in_project(spec, access, port, prefix)
    session.company.add(flower_row(plan), [access.password.reveal()])
    session.start(NAME)
    return Beside(plan, own)


async def greet_flower(session: Session, beside: Beside) -> Sight:
    """It answers: have its port taken again next time, and the workers seen by it.

    Raises FleetError when the workers cannot be asked.
    """
    folder = await asyncio.to_thread(own_folder, session.project.name)
    await asyncio.to_thread(remember_port, folder, beside.plan.port)
    return await make_workers_seen(beside.plan, session.calls)


def flower_row(plan: FlowerPlan) -> RowSpec:
    """The row that a plan makes; the login in its environment is masked in its log."""
    env: dict[str, str | Secret] = {**plan.env, VARIABLE: Secret(plan.access.variable())}
    return RowSpec(
        name=NAME,
        argv=plan.argv,
        cwd=plan.cwd,
        env=env,
        ready=HttpAnswers(plan.port, plan.path("/healthcheck")),
        url=plan.url,
        whole_env=True,
        first_words=plan.first_words,
    )

"""Another plan for a service on Render, or another concurrency for its worker.

Both hold from the next deploy on, so one follows at once. Whether Render starts one by itself is
not in its description of the API; a second one only waits for the first.
"""

from typing import Any, Final

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.blueprint.changing import mended
from core.render.blueprint.schema import COMPUTE_PLANS
from core.render.blueprint.services import celery_calls, option_of
from core.render.plans import known_plans
from core.render.remote.change import Change, named, needless
from core.render.remote.scaling import price
from core.render.sizing.concurrency import risk
from core.render.sizing.measured import Measured, footprint
from core.rows.celery import command_of

PLANS: Final = tuple(plan for plan in COMPUTE_PLANS if plan != "free")
_DOCKER: Final = "docker"


def resize(
    service: Service,
    workspace: str,
    *,
    plan: str | None = None,
    concurrency: int | None = None,
    measured: Measured | None = None,
) -> Change:
    """One or both of them. `plan` is in the spelling of a Blueprint, of the API, or an id.

    `measured` is what is known of the project's memory. Raises FleetError where nothing would
    change, and for a start command that cannot take a concurrency.
    """
    details: dict[str, Any] = {}
    parts: list[str] = []
    if plan is not None and _id(plan) != service.plan:
        details["plan"] = _id(plan)
        parts.append(f"from the plan {service.plan} to {plan}")
    if concurrency is not None and concurrency_of(service) != concurrency:
        key = "dockerCommand" if service.runtime == _DOCKER else "startCommand"
        details["envSpecificDetails"] = {key: _command(service, concurrency)}
        parts.append(f"to --concurrency={concurrency}")
    if not details:
        raise needless(
            service,
            "was not changed",
            "it has that already",
            "See what it has: solofleet render status.",
        )
    cost = price(plan or service.plan, service.instances or 1)
    what = " and ".join(parts)
    return Change(
        service.name,
        f"change {named(service, workspace)} {what}{cost}; and deploy it",
        f"{service.name}: changed {what}, and a deploy was asked for",
        {
            key: value
            for key, value in (("plan", plan), ("concurrency", concurrency))
            if value is not None
        },
        lambda api: _send(api, service, details),
        " ".join(_notes(service, plan, concurrency, measured)),
    )


def concurrency_of(service: Service) -> int | None:
    """What its start command says, None where it says nothing."""
    for call in celery_calls(service.start_command):
        if command_of(call) == "worker":
            text = option_of(call, "--concurrency", "-c") or ""
            return int(text) if text.isdecimal() else None
    return None


def typed(plan: str) -> str:
    """A plan as a shell takes it for one word."""
    return f'"{plan}"' if " " in plan else plan


def _id(plan: str) -> str:
    """As the API writes it."""
    return plan.strip().lower().replace(" ", "_")


def _command(service: Service, concurrency: int) -> str:
    has = service.start_command
    made = mended(has, f"celery worker --concurrency={concurrency}", asked=True)
    if made != has:
        return made
    raise needless(
        service,
        "was not changed",
        f"no --concurrency can be put into what it runs: {has or 'the command of its image'}",
        "Write it into that command yourself, in render.yaml or in the code that it starts.",
    )


def _notes(
    service: Service, plan: str | None, concurrency: int | None, measured: Measured | None
) -> list[str]:
    asked = [f"--plan {typed(plan)}"] if plan else []
    asked += [f"--concurrency {concurrency}"] if concurrency else []
    found = [
        "The next sync of the Blueprint sets what render.yaml says, so write it there too: "
        f"solofleet render blueprint {' '.join(asked)} --write."
    ]
    count = concurrency or concurrency_of(service)
    if count is None:
        return found
    try:
        target = known_plans().plan(plan or service.plan)
    except FleetError:
        return found
    needs, _ = footprint(measured)
    means = risk(target, needs, count)
    about = f"The plan {target.name} with {count} at once ({needs.source}): {means}."
    return [about, *found]


async def _send(api: RenderApi, service: Service, details: dict[str, Any]) -> None:
    await api.update_service(service, {"serviceDetails": details})
    try:
        await api.start_deploy(service)
    except FleetError as error:
        error.fix += " The change itself is made, and holds from the next deploy on."
        raise

"""Another plan for a service on Render, or another concurrency for its worker.

Both hold from the next deploy on, so one follows at once. Whether Render starts one by itself is
not in its description of the API; a second one only waits for the first.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a service shall have from now on; None for what stays as it is."""

    plan: str | None = None
    concurrency: int | None = None

    @property
    def options(self) -> str:
        """The same as options of the command line, ready for a shell."""
        plan = f'"{self.plan}"' if self.plan and " " in self.plan else self.plan
        said = (("--plan", plan), ("--concurrency", self.concurrency))
        return " ".join(f"{name} {value}" for name, value in said if value is not None)


def resize(
    service: Service, workspace: str, wanted: Capacity, measured: Measured | None = None
) -> Change:
    """Another plan, another concurrency, or both.

    The plan is in the spelling of a Blueprint, of the API, or an id. `measured` is what is known
    of the project's memory. Raises FleetError where nothing would change, and for a start command
    that cannot take a concurrency.
    """
    plan, concurrency = wanted.plan, wanted.concurrency
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
        " ".join(_notes(service, wanted, measured)),
    )


def concurrency_of(service: Service) -> int | None:
    """What its start command says, None where it says nothing."""
    return _concurrency(service.start_command)


def takes_concurrency(service: Service) -> bool:
    """Whether its start command has a number, or one can be put into it."""
    return _concurrency(_with_concurrency(service.start_command, 1)) == 1


def verdict(plan: str, concurrency: int, measured: Measured | None) -> str:
    """What so many at once mean for the memory of a plan; empty for one that is not known."""
    try:
        target = known_plans().plan(plan)
    except FleetError:
        return ""
    needs, _ = footprint(measured)
    means = risk(target, needs, concurrency)
    return f"The plan {target.name} with {concurrency} at once ({needs.source}): {means}."


def _concurrency(command: str) -> int | None:
    for call in celery_calls(command):
        if command_of(call) == "worker":
            text = option_of(call, "--concurrency", "-c") or ""
            return int(text) if text.isdecimal() else None
    return None


def _with_concurrency(command: str, concurrency: int) -> str:
    return mended(command, f"celery worker --concurrency={concurrency}", asked=True)


def _id(plan: str) -> str:
    """As the API writes it."""
    return plan.strip().lower().replace(" ", "_")


def _command(service: Service, concurrency: int) -> str:
    has = service.start_command
    made = _with_concurrency(has, concurrency)
    if _concurrency(made) == concurrency:
        return made
    raise needless(
        service,
        "was not changed",
        f"no --concurrency can be put into what it runs: {has or 'the command of its image'}",
        "Write it into that command yourself, in render.yaml or in the code that it starts.",
    )


def _notes(service: Service, wanted: Capacity, measured: Measured | None) -> list[str]:
    sync = (
        "The next sync of the Blueprint sets what render.yaml says, so write it there too: "
        f"solofleet render blueprint {wanted.options} --write."
    )
    count = wanted.concurrency or concurrency_of(service)
    means = count and verdict(wanted.plan or service.plan, count, measured)
    return [means, sync] if means else [sync]


async def _send(api: RenderApi, service: Service, details: dict[str, Any]) -> None:
    await api.update_service(service, {"serviceDetails": details})
    try:
        await api.start_deploy(service)
    except FleetError as error:
        error.fix += " The change itself is made, and holds from the next deploy on."
        raise

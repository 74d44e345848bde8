"""How many instances a service has on Render: a number, or limits between which Render chooses."""

from typing import Final

from core.errors import USAGE, FleetError
from core.render.api.answers import Autoscaling, Service
from core.render.choices import MAX_INSTANCES
from core.render.plans import known_plans
from core.render.remote.change import Change, named, needless

MOST_PERCENT: Final = 90
"""Of a processor or of memory; https://render.com/docs/scaling."""


def price(plan: str, instances: int) -> str:
    """What so many instances cost, as a clause; empty for a plan that is newer than our list."""
    try:
        usd = known_plans().plan(plan).usd
    except FleetError:
        return ""
    return "" if usd is None else f", ${usd * instances:,.0f} a month in all"


def scale(service: Service, workspace: str, instances: int) -> Change:
    """So many instances. Raises FleetError where Render would ignore the number."""
    scaling = service.autoscaling
    if scaling is not None and scaling.enabled:
        raise needless(
            service,
            "was not scaled",
            f"autoscaling is on, from {scaling.least} to {scaling.most}, and Render then ignores "
            "a number",
            "Turn it off: solofleet render scale --no-autoscaling; or change its limits: --min, "
            "--max",
        )
    now = "?" if service.instances is None else str(service.instances)
    cost = price(service.plan, instances)
    return Change(
        service.name,
        f"scale {named(service, workspace)} from {now} to {instances} instances{cost}",
        f"{service.name}: Render was asked for {instances} instances",
        {"instances": instances},
        lambda api: api.scale(service, instances),
    )


def autoscaled(
    service: Service,
    *,
    least: int | None = None,
    most: int | None = None,
    cpu: int | None = None,
    memory: int | None = None,
) -> Autoscaling:
    """The settings with these put over those that it has; percentages from 1 to `MOST_PERCENT`.

    Raises FleetError for limits that contradict each other, and where there is nothing to go by.
    """
    has = service.autoscaling if service.autoscaling and service.autoscaling.enabled else None
    low = least or (has.least if has else service.instances or 1)
    high = most or (has.most if has else max(low, service.instances or 1))
    wanted = Autoscaling(
        True,
        low,
        high,
        cpu if cpu is not None else has and has.cpu,
        memory if memory is not None else has and has.memory,
    )
    why = ""
    if not 1 <= low <= high <= MAX_INSTANCES:
        why = f"from {low} to {high} instances is no range between 1 and {MAX_INSTANCES}"
    elif wanted.cpu is None and wanted.memory is None:
        why = "Render scales by CPU or memory, and neither has a target"
    elif not all(1 <= each <= MOST_PERCENT for each in (wanted.cpu, wanted.memory) if each):
        why = f"a target is a percentage from 1 to {MOST_PERCENT}"
    if why:
        fix = "Write for example: --min 1 --max 4 --cpu 60"
        raise FleetError(f"{service.name} does not scale itself", why, fix, exit_code=USAGE)
    return wanted


def autoscale(service: Service, workspace: str, wanted: Autoscaling) -> Change:
    """Let Render choose the number of instances."""
    targets = [
        f"{name} at {percent} %"
        for name, percent in (("CPU", wanted.cpu), ("memory", wanted.memory))
        if percent is not None
    ]
    cost = price(service.plan, wanted.most)
    return Change(
        service.name,
        f"let {named(service, workspace)} scale itself from {wanted.least} to {wanted.most} "
        f"instances, to keep {' and '.join(targets)}{cost and f'{cost} at most'}",
        f"{service.name}: it scales itself from {wanted.least} to {wanted.most} instances",
        {"autoscaling": wanted.body()},
        lambda api: api.set_autoscaling(service, wanted),
        "Render scales by CPU and memory, and not by how much waits in a queue; it wants a "
        "workspace of Pro or above.",
    )


def stop_autoscaling(service: Service, workspace: str) -> Change:
    """Keep the number as it is. Raises FleetError where it is not on."""
    if service.autoscaling is None or not service.autoscaling.enabled:
        raise needless(
            service,
            "does not scale itself",
            "autoscaling is off already",
            "For another number: solofleet render scale --instances N",
        )
    return Change(
        service.name,
        f"let {named(service, workspace)} no longer scale itself",
        f"{service.name}: autoscaling is off",
        {"autoscaling": None},
        lambda api: api.stop_autoscaling(service),
    )

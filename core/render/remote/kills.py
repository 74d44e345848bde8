"""Instances that were killed for want of memory, and what the advisor says to that.

The advisor knows a project by what its tasks took here. Where that fits the plan and the kernel
killed all the same, tasks take more there than here, which is told instead of trusted.
"""

from collections.abc import Iterable
from typing import Final

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.event import Event
from core.render.plans import MB, Plan, Plans
from core.render.remote.resizing import concurrency_of, typed
from core.render.sizing.concurrency import Footprint, advise, is_safe
from core.render.sizing.measured import Measured, footprint

_WORKER: Final = "background_worker"
_RECYCLE: Final = "Let children be replaced before they grow too far: --max-memory-per-child="
"""In KB; https://docs.celeryq.dev/en/stable/userguide/workers.html, "Max memory per child"."""


def kills_of(failures: Iterable[Event]) -> tuple[Event, ...]:
    """Those of the failures that were for memory."""
    return tuple(each for each in failures if each.failure and each.failure.out_of_memory)


def explain_kills(
    service: Service, failures: Iterable[Event], measured: Measured | None, plans: Plans
) -> FleetError | None:
    """What the kills of a service mean, to be told and not raised; None where there were none."""
    kills = kills_of(failures)
    if not kills:
        return None
    last = kills[-1]
    limit = (last.failure and last.failure.memory_limit) or ""
    count = "an instance" if len(kills) == 1 else f"{len(kills)} instances"
    at = "" if last.at is None else f", the last one {last.at:%m-%d %H:%MZ}"
    what = f"{count} of {service.name} ran out of memory{at}"
    try:
        plan = plans.plan(service.plan)
    except FleetError:
        has = f"the plan {service.plan}" + (f" gives {limit}" if limit else "")
        fix = "Take a plan with more memory, or run fewer tasks at once."
        return FleetError(what, f"{has}, and more was taken", fix)
    if service.type != _WORKER:
        return FleetError(what, _has(plan, limit), _bigger(plan, plans))
    return _of_worker(service, what, plan, limit, measured, plans)


def _of_worker(
    service: Service, what: str, plan: Plan, limit: str, measured: Measured | None, plans: Plans
) -> FleetError:
    count, (needs, _) = concurrency_of(service), footprint(measured)
    if count is None:
        why = (
            f"{_has(plan, limit)}, and its command has no --concurrency: Celery then starts a "
            "child for each processor of the machine, which has more than the plan"
        )
        return FleetError(what, why, _fewer(plan, needs, measured, None, plans))
    total = needs.total(count)
    told = f"{_has(plan, limit)}; {count} at once need {_mb(total)} by the advisor ({needs.source})"
    if is_safe(plan, needs, count):
        why = f"{told}, which fits: so tasks take more there than they took here"
        room = max(1, (plan.memory - needs.base) // count // 1024)
        fix = (
            "Measure the task with data as large as there: solofleet size --send TASK --args ... "
            f"{_RECYCLE}{room} (KB). {_bigger(plan, plans)}"
        )
        return FleetError(what, why, fix)
    return FleetError(what, told, _fewer(plan, needs, measured, count, plans))


def _fewer(
    plan: Plan, needs: Footprint, measured: Measured | None, count: int | None, plans: Plans
) -> str:
    """The concurrency that fits the plan, or the cheapest plan that the present one fits."""
    work = measured.work if measured is not None else None
    fits = advise(plan, needs, work).concurrency
    parts: list[str] = []
    if fits:
        parts.append(f"Run {fits} at once: solofleet render scale --concurrency {fits}.")
    wanted = count or 1
    larger = [each for each in plans.workers() if is_safe(each, needs, wanted)]
    bigger = next((each for each in larger if each.memory > plan.memory), None)
    if bigger is not None:
        price = "" if bigger.usd is None else f", ${bigger.usd:,.0f} a month each"
        parts.append(
            f"{'Or take' if parts else 'Take'} {bigger.name}, where {wanted} at once fit{price}: "
            f"solofleet render scale --plan {typed(bigger.name)}."
        )
    if not (measured and measured.tasks):
        parts.append("For numbers of your own: solofleet size --send TASK --args '[...]'.")
    return " ".join(parts) or "Let a task take less memory: no plan that is known fits."


def _bigger(plan: Plan, plans: Plans) -> str:
    larger = next((each for each in plans.workers() if each.memory > plan.memory), None)
    if larger is None:
        return "Let it take less memory: it has the largest plan whose price is known."
    return f"Take a larger plan: solofleet render scale --plan {typed(larger.name)}."


def _has(plan: Plan, limit: str) -> str:
    told = f", {limit} by Render's words" if limit else ""
    return f"the plan {plan.name} has {_mb(plan.memory)}{told}"


def _mb(size: int) -> str:
    return f"{size / MB:,.0f} MB"

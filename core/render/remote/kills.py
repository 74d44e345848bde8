"""Instances that were killed for want of memory, and what the advisor says to that.

The advisor knows a project by what its tasks took here. Where that fits the plan and the kernel
killed all the same, tasks take more there than here, which is told instead of trusted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.event import Event
from core.render.plans import MB, Plan, Plans
from core.render.remote.resizing import Capacity, concurrency_of
from core.render.sizing.concurrency import is_safe
from core.render.sizing.measured import Measured, advised, footprint

_WORKER: Final = "background_worker"
_RECYCLE: Final = "Let children be replaced before they grow too far: --max-memory-per-child="
"""In KB; https://docs.celeryq.dev/en/stable/userguide/workers.html, "Max memory per child"."""


@dataclass(frozen=True, slots=True)
class Kills:
    """What kills mean: `told` in words, with commands that help; `answers` are what they change."""

    told: FleetError
    answers: tuple[Capacity, ...] = ()


def kills_of(events: Iterable[Event]) -> tuple[Event, ...]:
    """Those of instances that were for memory."""
    failed = (each for each in events if each.type == "server_failed" and each.failure)
    return tuple(each for each in failed if each.failure and each.failure.out_of_memory)


def explain_kills(
    service: Service, events: Sequence[Event], measured: Measured | None, plans: Plans
) -> Kills | None:
    """What the kills of a service mean, to be told and not raised.

    `events` are the latest, the oldest first. None where there were no kills, or where it has got
    since what it lacked.
    """
    kills = kills_of(events)
    if not kills:
        return None
    last = kills[-1]
    limit = (last.failure and last.failure.memory_limit) or ""
    many = "an instance" if len(kills) == 1 else f"{len(kills)} instances"
    at = "" if last.at is None else f", the last one {last.at:%m-%d %H:%MZ}"
    what = f"{many} of {service.name} ran out of memory{at}"
    try:
        plan = plans.plan(service.plan)
    except FleetError:
        has = f"the plan {service.plan}" + (f" gives {limit}" if limit else "")
        fix = "Take a plan with more memory, or run fewer tasks at once."
        return Kills(FleetError(what, f"{has}, and more was taken", fix))
    if _settled(service, plan, events[events.index(last) :], measured):
        return None
    has = _has(plan, limit)
    if service.type != _WORKER:
        return _larger(what, has, plan, plans)
    if (count := concurrency_of(service)) is None:
        why = (
            f"{has}, and its command has no --concurrency: Celery then starts a child for each "
            "processor of the machine, which has more than the plan"
        )
        return _fewer(what, why, plan, None, measured, plans)
    needs, _ = footprint(measured)
    told = f"{has}; {count} at once need {_mb(needs.total(count))} by the advisor ({needs.source})"
    if not is_safe(plan, needs, count):
        return _fewer(what, told, plan, count, measured, plans)
    why = f"{told}, which fits: so tasks take more there than they took here"
    room = max(1, (plan.memory - needs.base) // count // 1024)
    fix = (
        "Measure the task with data as large as there: solofleet size --send TASK --args ... "
        f"{_RECYCLE}{room} (KB). "
    )
    return _larger(what, why, plan, plans, fix)


def _settled(
    service: Service, plan: Plan, since: Iterable[Event], measured: Measured | None
) -> bool:
    """Whether it was changed and fits now, by the advisor: then only another kill says more."""
    if service.type != _WORKER:
        return any(each.type == "plan_changed" for each in since)
    ended = {each.deploy: each.status for each in since if each.type == "deploy_ended"}
    begun = (each.deploy for each in since if each.type == "deploy_started")
    count = concurrency_of(service)
    return (
        count is not None
        and is_safe(plan, footprint(measured)[0], count)
        and any(ended.get(deploy, "succeeded") == "succeeded" for deploy in begun)
    )


def _fewer(
    what: str,
    why: str,
    plan: Plan,
    count: int | None,
    measured: Measured | None,
    plans: Plans,
) -> Kills:
    """The concurrency that fits the plan, or the cheapest plan that takes the present one.

    Without a present one: the cheapest that takes more at once.
    """
    fits = advised(plan, measured).concurrency
    answers = [Capacity(concurrency=fits)] if fits else []
    parts = [f"Run {fits} at once: {_command(each)}." for each in answers]
    larger = (each for each in plans.workers() if each.memory > plan.memory)
    takes = ((each, _takes(each, count, measured)) for each in larger)
    bigger = next(((each, number) for each, number in takes if number > fits), None)
    if bigger is not None:
        larger_plan, number = bigger
        answer = Capacity(larger_plan.name, number if count is None else None)
        price = "" if larger_plan.usd is None else f", ${larger_plan.usd:,.0f} a month each"
        parts.append(
            f"{'Or take' if parts else 'Take'} {larger_plan.name}, where {number} at once "
            f"fit{price}: {_command(answer)}."
        )
        answers.append(answer)
    if not (measured and measured.tasks):
        parts.append("For numbers of your own: solofleet size --send TASK --args '[...]'.")
    fix = " ".join(parts) or "Let a task take less memory: no plan that is known fits."
    return Kills(FleetError(what, why, fix), tuple(answers))


def _takes(plan: Plan, count: int | None, measured: Measured | None) -> int:
    """So many at once, 0 where they do not fit; without a number as many as are advised."""
    if count is None:
        return advised(plan, measured).concurrency
    return count if is_safe(plan, footprint(measured)[0], count) else 0


def _larger(what: str, why: str, plan: Plan, plans: Plans, fix: str = "") -> Kills:
    """The next plan; `fix` is what to try before."""
    larger = next((each for each in plans.workers() if each.memory > plan.memory), None)
    if larger is None:
        fix += "Let it take less memory: it has the largest plan whose price is known."
        return Kills(FleetError(what, why, fix))
    answer = Capacity(larger.name)
    fix += f"Take a larger plan: {_command(answer)}."
    return Kills(FleetError(what, why, fix), (answer,))


def _command(answer: Capacity) -> str:
    return f"solofleet render scale {answer.options}"


def _has(plan: Plan, limit: str) -> str:
    told = f", {limit} by Render's words" if limit else ""
    return f"the plan {plan.name} has {_mb(plan.memory)}{told}"


def _mb(size: int) -> str:
    return f"{size / MB:,.0f} MB"

"""All that the advisor says of one project: what it needs, what each plan takes, what it costs."""

from dataclasses import dataclass

from core.errors import USAGE, FleetError
from core.render.cost.commands import Traffic
from core.render.cost.monthly import Bill, bill
from core.render.cost.setup import SETUPS, Redis, Rented, Setup
from core.render.plans import Plan, Plans
from core.render.sizing.concurrency import Advice, Footprint, Work, advise, is_safe, risk
from core.render.sizing.measured import Measured, Sources, footprint
from core.render.sizing.rate import Capacity, capacity, cheapest


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody wants to know. None: the advisor chooses.

    `rate` is tasks a second. The others make up the bill: `web` and `flower` are the plans of
    these services, None where there is none.
    """

    plan: str | None = None
    rate: float | None = None
    concurrency: int | None = None
    instances: int | None = None
    web: str | None = "starter"
    flower: str | None = None
    redis: Redis = "upstash"
    redis_plan: str = "free"
    workspace: str = "hobby"


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan and a concurrency that were asked for, and what they mean for memory."""

    plan: Plan
    concurrency: int
    total: int
    risk: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer. `capacities` are what a rate takes on each plan, the `chosen` one among them.

    `bills` are those of the guide's set-ups, and of this project last.
    """

    footprint: Footprint
    sources: Sources
    work: Work | None
    plans: tuple[Advice, ...]
    asked: Asked | None
    capacities: tuple[Capacity, ...]
    chosen: Capacity | None
    bills: tuple[Bill, ...]


def report(measured: Measured | None, question: Question, plans: Plans) -> Report:
    """Answer a question by what was measured.

    Raises FleetError: a plan that is not there, a rate for tasks whose time nobody knows.
    """
    needs, sources = footprint(measured)
    work = measured.work if measured is not None else None
    named = None if question.plan is None else _for_workers(question.plan, plans)
    offered = plans.workers() if named is None else (named,)
    capacities = _capacities(offered, needs, work, question)
    chosen = cheapest(capacities)
    advices = tuple(advise(plan, needs, work) for plan in plans.workers())
    if named is not None and named not in plans.workers():
        advices = (*advices, advise(named, needs, work))
    worker = _worker(question, advices, named, chosen)
    return Report(
        footprint=needs,
        sources=sources,
        work=work,
        plans=advices,
        asked=_asked(question, named, needs, work),
        capacities=capacities,
        chosen=chosen,
        bills=_bills(question, worker, plans),
    )


def _for_workers(name: str, plans: Plans) -> Plan:
    plan = plans.plan(name)
    if plan.web_only:
        raise FleetError(
            f"a worker cannot have the plan {plan.name}",
            "Render gives it to web services only",
            f"take {plans.workers()[0].name}, the cheapest that a worker can have",
            exit_code=USAGE,
        )
    return plan


def _capacities(
    offered: tuple[Plan, ...], needs: Footprint, work: Work | None, question: Question
) -> tuple[Capacity, ...]:
    if question.rate is None:
        return ()
    if work is None:
        raise FleetError(
            f"nobody knows what {question.rate:g} tasks a second take",
            "no task of the project was measured, so their running time is not known",
            "measure one: --send TASK --args '[..]', or let solofleet up run some",
            exit_code=USAGE,
        )
    found = (capacity(plan, needs, work, question.rate, question.concurrency) for plan in offered)
    return tuple(
        each
        for each in found
        if each is not None
        and (question.plan is not None or is_safe(each.plan, needs, each.concurrency))
    )


def _asked(
    question: Question, named: Plan | None, needs: Footprint, work: Work | None
) -> Asked | None:
    if named is None:
        return None
    concurrency = question.concurrency or advise(named, needs, work).concurrency or 1
    total = needs.total(concurrency)
    return Asked(named, concurrency, total, risk(named, needs, concurrency))


def _worker(
    question: Question, advices: tuple[Advice, ...], named: Plan | None, chosen: Capacity | None
) -> Rented | None:
    """The plan that was named, else the one for the rate, else the cheapest that one task fits."""
    if named is not None:
        instances = question.instances or (chosen.instances if chosen else 1)
        return Rented(named.name, instances)
    if chosen is not None:
        return Rented(chosen.plan.name, question.instances or chosen.instances)
    fits = next((advice.plan for advice in advices if advice.concurrency), None)
    return None if fits is None else Rented(fits.name, question.instances or 1)


def _bills(question: Question, worker: Rented | None, plans: Plans) -> tuple[Bill, ...]:
    rate = question.rate or 0.0
    known = tuple(
        bill(setup, Traffic(tasks_per_s=rate, flower=setup.flower is not None), plans)
        for setup in SETUPS
    )
    if worker is None:
        return known
    own = Setup(
        name="this project",
        web=None if question.web is None else Rented(question.web),
        worker=worker,
        flower=None if question.flower is None else Rented(question.flower),
        redis=question.redis,
        redis_plan=question.redis_plan,
        workspace=question.workspace,
    )
    traffic = Traffic(worker.instances, rate, question.flower is not None)
    return (*known, bill(own, traffic, plans))

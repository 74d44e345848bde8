"""The advisor's answer as lines for people, and as one document for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from core.cli.json_printer import as_json
from core.cli.table import indented, table
from core.render.cost.monthly import Bill, dollars
from core.render.plans import MB, Plan
from core.render.sizing.measured import Measured
from core.render.sizing.rate import Capacity
from core.render.sizing.report import Question, Report


def size_lines(
    app: str, measured: Measured | None, question: Question, answer: Report
) -> Iterator[str]:
    """What it needs, what each plan takes, what was asked, and what it costs."""
    yield f"{app} as one prefork worker: memory = base + N x (child + task)"
    yield from _needs(answer)
    yield ""
    yield from _plans(answer)
    if answer.asked is not None:
        asked = answer.asked
        yield ""
        yield f"{asked.plan.name} at concurrency {asked.concurrency}: {_mb(asked.total)}"
        yield from indented(asked.risk)
    if question.rate is not None:
        yield ""
        yield from _rate(question.rate, answer)
    yield ""
    yield from _bills(answer.bills)
    if not (measured and measured.tasks):
        yield ""
        yield "For numbers of your own: solofleet size . --send TASK --args '[...]'"


def _needs(answer: Report) -> Iterator[str]:
    needs, sources = answer.footprint, answer.sources
    for name, size, source in (
        ("base", needs.base, sources.base),
        ("each child", needs.child, sources.child),
        ("each task", needs.task, sources.task),
    ):
        yield f"  {name:<11}{_mb(size):>9}"
        yield from indented(source)
    if (work := answer.work) is not None:
        yield f"  {'time':<11}{work.runtime_s:>7.2f} s"
        text = f"of a task on average, {work.cpu_s:.2f} s of it on a processor; {work.told}"
        yield from indented(text)


def _plans(answer: Report) -> Iterator[str]:
    rows: list[Sequence[str]] = [("plan", "CPU", "memory", "$/month", "concurrency", "total")]
    for advice in answer.plans:
        plan = advice.plan
        rows.append(
            (
                plan.name,
                f"{plan.cpu:g}",
                _mb(plan.memory),
                dollars(plan.usd),
                str(advice.concurrency or "-"),
                _mb(advice.total),
            )
        )
    title, *lines = table(rows, {0})
    yield title
    last = ""
    for line, advice in zip(lines, answer.plans, strict=True):
        yield line
        if advice.why != last:  # what sets it, below the first plan for which it does
            yield from indented(advice.why)
        last = advice.why


def _rate(rate: float, answer: Report) -> Iterator[str]:
    chosen = answer.chosen
    if chosen is None:
        yield f"{rate:g} tasks a second: no task fits on a plan that was looked at"
        return
    yield f"{rate:g} tasks a second: {_rented(chosen.plan, chosen.instances)}"
    yield from indented(
        f"concurrency {chosen.concurrency}, {dollars(chosen.usd)} a month; keeps up to"
        f" {chosen.rate:.3g} a second while workers are busy for 80 % of the time"
    )
    others = [each for each in answer.capacities if each is not chosen]
    yield from (f"    or {_other(each)}" for each in others)


def _other(each: Capacity) -> str:
    return (
        f"{_rented(each.plan, each.instances)} at concurrency {each.concurrency},"
        f" {dollars(each.usd)}"
    )


def _rented(plan: Plan, instances: int) -> str:
    return plan.name if instances == 1 else f"{instances} x {plan.name}"


def _bills(bills: Sequence[Bill]) -> Iterator[str]:
    rows: list[Sequence[str]] = [("a month", "web", "worker", "flower", "redis", "workspace", "")]
    for bill in bills:
        setup = bill.setup
        worker = f"{setup.worker.instances} x " if setup.worker.instances > 1 else ""
        rows.append(
            (
                setup.name,
                setup.web.plan if setup.web else "-",
                f"{worker}{setup.worker.plan}",
                setup.flower.plan if setup.flower else "-",
                f"{setup.redis} {setup.redis_plan}",
                setup.workspace,
                bill.told,
            )
        )
    yield from table(rows, {0, 1, 2, 3, 4, 5})
    for note in bills[-1].notes:
        yield from indented(note)
    yield from indented(f"{bills[-1].commands:,} commands a month to Redis")
    if any(line.usd is None for bill in bills for line in bill.lines):
        yield from indented("a price that is not known is left out of the sum: at least that much")
    newest = max(line.as_of for line in bills[-1].lines)
    yield from indented(f"prices as of {newest:%B %Y}; --json names the source of each")


def _mb(size: int) -> str:
    return f"{size / MB:,.0f} MB"


def as_document(app: str, measured: Measured | None, question: Question, answer: Report) -> str:
    """All of it, with the source of each number."""
    needs = answer.footprint
    return as_json(
        "size",
        app=app,
        measured=None if measured is None else {**asdict(measured), "at": str(measured.at)},
        footprint={
            "base": needs.base,
            "child": needs.child,
            "task": needs.task,
            "sources": asdict(answer.sources),
        },
        work=None
        if answer.work is None
        else {**asdict(answer.work), "io_bound": answer.work.io_bound},
        plans=[{**asdict(advice), "plan": _plan(advice.plan)} for advice in answer.plans],
        asked=None
        if answer.asked is None
        else {**asdict(answer.asked), "plan": _plan(answer.asked.plan)},
        rate=None
        if question.rate is None
        else {
            "tasks_per_s": question.rate,
            "chosen": answer.chosen and _capacity(answer.chosen),
            "capacities": [_capacity(each) for each in answer.capacities],
        },
        bills=[_bill(bill) for bill in answer.bills],
    )


def _plan(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "as_of": str(plan.as_of)}


def _capacity(each: Capacity) -> dict[str, Any]:
    return {**asdict(each), "plan": _plan(each.plan)}


def _bill(bill: Bill) -> dict[str, Any]:
    return {
        "name": bill.setup.name,
        "usd": round(bill.usd, 2),
        "at_least": bill.at_least,
        "commands": bill.commands,
        "lines": [{**asdict(line), "as_of": str(line.as_of)} for line in bill.lines],
        "notes": bill.notes,
    }

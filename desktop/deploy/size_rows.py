"""The advisor's answer as rows of tables."""

from collections.abc import Iterator, Sequence
from typing import Final

from core.render.cost.monthly import Bill, dollars
from core.render.plans import MB
from core.render.sizing.report import Report
from desktop.deploy.cell_rows import Cell
from desktop.deploy.choice_form import memory_told
from desktop.deploy.facts import Size
from desktop.widgets.error_card import sentence
from desktop.widgets.grouped import grouped

NEEDS: Final = ("", "MEMORY", "FROM")
PLANS: Final = ("PLAN", "CPU", "MEMORY", "A MONTH", "AT ONCE", "TAKES", "BECAUSE OF")
BILLS: Final = ("SET-UP", "A MONTH", "WEB", "WORKER", "FLOWER", "REDIS")


def needs_rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """What it needs, and where each number is from."""
    needs, sources = report.footprint, report.sources
    for name, size, source in (
        ("Base, once", needs.base, sources.base),
        ("Each process", needs.child, sources.child),
        ("Each task", needs.task, sources.task),
    ):
        yield Cell(name, "text2"), Cell(_mb(size), strong=True), Cell(source, "dim")
    if (work := report.work) is not None:
        told = f"on average, {work.cpu_s:.2f} s of it on a processor; {work.told}"
        yield Cell("A task takes", "text2"), Cell(f"{work.runtime_s:.2f} s"), Cell(told, "dim")


def plan_rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """What each plan takes; the one that is asked about is strong."""
    for advice in report.plans:
        plan = advice.plan
        asked = report.asked is not None and report.asked.plan.name == plan.name
        fits = advice.concurrency > 0
        source = f"{plan.source}, as of {plan.as_of:%B %Y}"
        yield (
            Cell(plan.name, strong=asked),
            Cell(f"{plan.cpu:g}", "text2"),
            Cell(memory_told(plan.memory), "text2"),
            Cell(dollars(plan.usd), strong=asked, hint=source),
            Cell(str(advice.concurrency) if fits else "none", "text" if fits else "err"),
            Cell(_mb(advice.total), "text2"),
            Cell(advice.why, "dim"),
        )


def bill_rows(bills: Sequence[Bill]) -> Iterator[tuple[Cell, ...]]:
    """The set-ups of the guide, and this project last."""
    for bill in bills:
        setup = bill.setup
        own = bill is bills[-1] and setup.name == "this project"
        times = f"{setup.worker.instances} × " if setup.worker.instances > 1 else ""
        yield (
            Cell(sentence(setup.name), strong=own, hint="\n".join(bill.notes)),
            Cell(bill.told, strong=own),
            Cell(setup.web.plan if setup.web else "none", "text2"),
            Cell(f"{times}{setup.worker.plan}", "text2"),
            Cell(setup.flower.plan if setup.flower else "none", "text2"),
            Cell(f"{'Upstash' if setup.redis == 'upstash' else 'Key Value'} {setup.redis_plan}"),
        )


def bill_notes(size: Size) -> str:
    """What will not go on like that, and of when the prices are."""
    bill = size.report.bills[-1]
    unknown = any(line.usd is None for each in size.report.bills for line in each.lines)
    newest = max(line.as_of for line in bill.lines)
    notes = [
        *map(sentence, bill.notes),
        f"{grouped(bill.commands)} commands a month to Redis.",
        *(["A price that is not known is left out of the sum."] if unknown else []),
        f"Prices as of {newest:%B %Y}.",
    ]
    return "\n".join(notes)


def _mb(size: int) -> str:
    return f"{size / MB:,.0f} MB"

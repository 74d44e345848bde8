"""The check of memory: 24 the worker fits into its plan, by what was measured of the project."""

from collections.abc import Iterator
from typing import Final

from core.errors import FleetError
from core.render.plans import MB, Plan, known_plans
from core.render.preflight.checks.workers import workers_of
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Snapshot
from core.render.sizing.concurrency import is_safe, risk
from core.render.sizing.measured import Measured, footprint

_FIX: Final = "fewer processes, worker_max_memory_per_child, or a larger plan (solofleet size)"


def memory(snapshot: Snapshot) -> Iterator[Seen]:
    """24: whether the plan has the memory; unproven until the project was measured."""
    for placed, celery, service in workers_of(snapshot):
        said = celery.call.option("-c", "--concurrency") or ""
        count, plan = int(said) if said.isdecimal() else None, _plan(service)
        measured = snapshot.measured
        if count is None or plan is None or measured is None:
            what = f"nobody has measured whether the processes of {service.name} fit into its plan"
            why = "each child adds what its task needs to what the app needs"
            fix = "solofleet size measures, and says how many fit"
            yield Seen(Severity.UNPROVEN, placed.file, placed.line, what, why, fix)
            continue
        needs, sources = footprint(measured)
        if is_safe(plan, needs, count):
            continue
        what = (
            f"{count} processes of {service.name} need {needs.total(count) // MB} MB of {plan.name}"
        )
        why = f"{risk(plan, needs, count)} ({sources.task})"
        severity = Severity.BLOCK if _cannot_start(measured, plan, count) else Severity.WARN
        yield Seen(severity, placed.file, placed.line, what, why, _FIX)


def _cannot_start(measured: Measured, plan: Plan, count: int) -> bool:
    """Whether real children at rest already have more than the plan, without any task."""
    real = measured.prefork
    return real is not None and real.base + count * real.child > plan.memory


def _plan(service: Service) -> Plan | None:
    try:
        return known_plans().plan(service.plan) if service.plan else None
    except FleetError:
        return None  # render.yaml has a plan that is none, which another check tells

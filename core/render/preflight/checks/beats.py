"""The check of the scheduler: 30 one beat, in one instance."""

from collections.abc import Iterator

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Placed, Service
from core.render.preflight.snapshot import Snapshot


def beat(snapshot: Snapshot) -> Iterator[Seen]:
    """30: more than one beat, which sends every scheduled task more than once."""
    beats = list(_beats(snapshot))
    fix = "run beat in a worker service of its own, with one instance and no autoscaling"
    why = "each beat sends every scheduled task"
    for placed, service in beats:
        severity = Severity.BLOCK if service.certain else Severity.WARN
        if service.instances > 1 or service.scales:
            most = f"{service.instances} instances" if service.instances > 1 else "autoscaling"
            what = f"beat runs in {service.name}, which has {most}"
            yield Seen(severity, placed.file, placed.line, what, why, fix)
        elif placed.celery and placed.celery.does == "worker":
            what = f"beat runs inside the worker of {service.name} (-B)"
            why_now = "it is right as long as there is one instance; at a deploy there are two"
            yield Seen(Severity.WARN, placed.file, placed.line, what, why_now, fix)
    for placed, service in beats[1:]:
        if {placed.celery.app for placed, _ in beats if placed.celery} == {_app(placed)}:
            severity = Severity.BLOCK if service.certain else Severity.WARN
            what = f"{beats[0][1].name} and {service.name} both run beat"
            yield Seen(severity, placed.file, placed.line, what, why, fix)


def _app(placed: Placed) -> str | None:
    return placed.celery.app if placed.celery else None


def _beats(snapshot: Snapshot) -> Iterator[tuple[Placed, Service]]:
    for service in snapshot.services:
        yield from ((placed, service) for placed, _ in service.celery("beat"))
        for placed, celery in service.celery("worker"):
            if celery.call.has("-B", "--beat"):
                yield placed, service

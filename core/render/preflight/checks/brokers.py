"""The check of the broker's plan: 36 commands a month, eviction, region."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.cost.commands import QUIET_HOW, Traffic
from core.render.plans import known_plans
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Snapshot

_METERED: Final = re.compile(r"@?([\w-]+\.upstash\.io)\b")
_QUIET: Final = ("--without-gossip", "--without-mingle", "--without-heartbeat")
FREE: Final = "free"


def budget(snapshot: Snapshot) -> Iterator[Seen]:
    """36: what idle workers cost on a broker by the command, and a Key Value that forgets tasks."""
    yield from _metered(snapshot)
    for service in snapshot.services:
        if service.kind in ("keyvalue", "redis"):
            yield from _key_value(service, snapshot)


def _metered(snapshot: Snapshot) -> Iterator[Seen]:
    value = next((value for value in snapshot.sent() if _METERED.search(value.text)), None)
    workers = [
        (service, celery) for service in snapshot.services for _, celery in service.celery("worker")
    ]
    if value is None:
        return
    slow = any(_polls_slowly(snapshot))
    counts = [
        (service.instances, slow and all(option in celery.call.words for option in _QUIET))
        for service, celery in workers
    ] or [(1, False)]
    month = sum(Traffic(workers=count, quiet=quiet).commands for count, quiet in counts)
    free = known_plans().upstash[FREE].included
    if month > free:
        what = f"idle workers send about {month / 1e6:.1f} million commands a month to Upstash"
        days = 30 * free / month
        why = f"its free plan has {free:,}: gone in {days:.1f} days without a task"
        fix = f"run them with {QUIET_HOW}, or take Render's Key Value"
        yield Seen(Severity.WARN, value.file, value.line, what, why, fix)


def _polls_slowly(snapshot: Snapshot) -> Iterator[bool]:
    for root in snapshot.roots:
        for code in snapshot.worker_code(root):
            for part in code.of(ast.Constant):
                match part.node:
                    case ast.Constant(value="polling_interval"):
                        yield True
                    case _:
                        pass


def _key_value(service: Service, snapshot: Snapshot) -> Iterator[Seen]:
    if service.policy and service.policy != "noeviction":
        what = f"{service.name} has maxmemoryPolicy {service.policy}"
        why = "when its memory is full it throws messages away: tasks are lost without a word"
        fix = "set maxmemoryPolicy: noeviction"
        yield Seen(Severity.WARN, service.file, service.line, what, why, fix)
    elif not service.policy:
        what = f"{service.name} says no maxmemoryPolicy"
        why = "the default throws keys away when its memory is full, and messages are keys"
        fix = "set maxmemoryPolicy: noeviction"
        yield Seen(Severity.WARN, service.file, service.line, what, why, fix)
    for other in snapshot.services:
        if other.start and other.region and service.region and other.region != service.region:
            what = f"{other.name} is in {other.region}, {service.name} in {service.region}"
            why = "internal addresses hold within one region"
            yield Seen(Severity.WARN, other.file, other.line, what, why, "put both into one region")

"""The check of the broker's plan: 36 commands a month, eviction, region."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.services import Service
from core.render.preflight.snapshot import Snapshot

_METERED: Final = re.compile(r"@?([\w-]+\.upstash\.io)\b")
QUIET: Final = ("--without-gossip", "--without-mingle", "--without-heartbeat")
# Commands a minute of one idle prefork worker, Celery 5.7 and kombu 5.7, measured.
_IDLE: Final = 100
_IDLE_QUIET: Final = 65
_IDLE_SLOW: Final = 12
_MINUTES: Final = 43_200
FREE: Final = 500_000
"""Commands a month in Upstash's free plan (https://upstash.com/pricing/redis)."""


def budget(snapshot: Snapshot) -> Iterator[Seen]:
    """36: what idle workers cost on a broker by the command, and a Key Value that forgets tasks."""
    yield from _metered(snapshot)
    for service in snapshot.services:
        if service.kind in ("keyvalue", "redis"):
            yield from _key_value(service, snapshot)


def _metered(snapshot: Snapshot) -> Iterator[Seen]:
    value = next((value for value in snapshot.values if _METERED.search(value.text)), None)
    workers = [
        (service, celery) for service in snapshot.services for _, celery in service.celery("worker")
    ]
    if value is None:
        return
    slow = any(_polls_slowly(snapshot))
    a_minute = 0
    for service, celery in workers:
        quiet = all(option in celery.call.words for option in QUIET)
        each = (_IDLE_SLOW if slow else _IDLE_QUIET) if quiet else _IDLE
        a_minute += each * service.instances
    a_minute = a_minute or _IDLE
    month = a_minute * _MINUTES
    if month > FREE:
        what = f"idle workers send about {month / 1e6:.1f} million commands a month to Upstash"
        days = FREE / (a_minute * 1440)
        why = f"its free plan has {FREE:,}: gone in {days:.1f} days without a task"
        fix = (
            f"add {' '.join(QUIET)} and broker_transport_options={{'polling_interval': 10}},"
            " or take Render's Key Value"
        )
        yield Seen(Severity.WARN, value.file, value.line, what, why, fix)


def _polls_slowly(snapshot: Snapshot) -> Iterator[bool]:
    for root in snapshot.roots:
        for code in snapshot.worker_code(root):
            for part in code.parts:
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

"""Checks of worker commands: 18 the pool, 23 concurrency, 31 names."""

import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.command import Celery
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import Mend, ReplaceLine
from core.render.preflight.services import Placed, Service
from core.render.preflight.settings_of import settings_of
from core.render.preflight.snapshot import Snapshot

_SOLO: Final = re.compile(r"(?:-P|--pool)[ =]?solo\b")
_OF_CMD: Final = re.compile(r"%(?:computername|username|hostname)%|\$env:\w+", re.IGNORECASE)
_POOL: Final = {"worker_pool": "pool", "celeryd_pool": "pool"}


def pools(snapshot: Snapshot) -> Iterator[Seen]:
    """18: what stands in a command for the sake of Windows."""
    for placed, celery, service in workers_of(snapshot):
        severity = Severity.BLOCK if service.certain else Severity.WARN
        if celery.call.option("-P", "--pool") == "solo":
            mend = _replace(snapshot, placed, _SOLO, "--pool=prefork", "run prefork")
            what = "the worker is started with --pool=solo"
            why = "it runs one task at a time there too, and keeps no time limits"
            fix = "leave the option out (prefork), and say --concurrency"
            yield Seen(severity, placed.file, placed.line, what, why, fix, mend)
        name = celery.call.option("-n", "--hostname") or ""
        if found := _OF_CMD.search(name):
            mend = _replace(snapshot, placed, re.compile(re.escape(found[0])), "%h", "write %h")
            what = f"the worker's name has {found[0]}"
            why = "only Windows replaces that: Celery stops with Unknown format"
            fix = "write %h, which Celery replaces itself"
            yield Seen(severity, placed.file, placed.line, what, why, fix, mend)
    for root in snapshot.roots:
        told = [c.call.option("-P", "--pool") for s in root.services for _, c in s.celery("worker")]
        for code in snapshot.worker_code(root) if not told or None in told else ():
            for setting in settings_of(code, _POOL):
                if setting.value == "solo" and setting.variable is None and not setting.part.caught:
                    sure = code.path in root.certain and setting.part.certain
                    what = "the code sets worker_pool to solo on every system"
                    why = "one task at a time there too, and no time limits"
                    fix = 'set it behind if sys.platform == "win32"'
                    severity = Severity.BLOCK if sure else Severity.WARN
                    yield Seen(severity, code.path, setting.line, what, why, fix)


def _replace(
    snapshot: Snapshot, placed: Placed, pattern: re.Pattern[str], new: str, label: str
) -> Mend | None:
    """Replace what the line has exactly once."""
    lines = snapshot.commit.text(placed.file).splitlines()
    line = lines[placed.line - 1] if placed.line <= len(lines) else ""
    found = pattern.findall(line)
    if len(found) != 1:
        return None
    old = pattern.search(line)
    assert old is not None
    return Mend(label, (ReplaceLine(placed.file, placed.line, old[0], new),))


_CONCURRENCY: Final = {"worker_concurrency": "count", "celeryd_concurrency": "count"}
_WORKER: Final = re.compile(r"\bworker\b")


def concurrency(snapshot: Snapshot) -> Iterator[Seen]:
    """23: workers that take as many processes as the host has processors."""
    said = {
        root.path
        for root in snapshot.roots
        for code in snapshot.worker_code(root)
        if any(True for _ in settings_of(code, _CONCURRENCY))
    }
    for placed, celery, service in workers_of(snapshot):
        options = ("-c", "--concurrency", "--autoscale")
        if service.root in said or celery.call.option(*options) is not None:
            continue
        if celery.call.option("-P", "--pool") == "solo":
            continue
        mend = _replace(snapshot, placed, _WORKER, "worker --concurrency=2", "add --concurrency=2")
        what = "the worker is started without --concurrency"
        why = "Celery counts the processors of the host, not those of the plan: too many processes"
        fix = "write --concurrency=2 for a start (1 to 2 in 512 MB)"
        yield Seen(Severity.WARN, placed.file, placed.line, what, why, fix, mend)


_NAME: Final = re.compile(r"(?:-n|--hostname)[ =]?(\S+)")


def node_names(snapshot: Snapshot) -> Iterator[Seen]:
    """31: one name for several instances."""
    for placed, celery, service in workers_of(snapshot):
        name = celery.call.option("-n", "--hostname")
        several = service.instances > 1 or service.scales
        if name is None or not several or "%h" in name or "%n" in name or "$" in name:
            continue
        if _OF_CMD.search(name):
            continue
        base = name.partition("@")[0]
        option = re.compile(rf"(?<=\s)(?:-n|--hostname)[ =]?{re.escape(name)}(?=\s|$)")
        mend = _replace(snapshot, placed, option, f"-n {base}@%h", "end the name with @%h")
        what = f"{service.instances} instances would all be named {name}"
        why = "every tool takes workers of one name for one, and stopping one stops all"
        fix = f"write -n {base}@%h, or $RENDER_INSTANCE_ID in place of %h"
        yield Seen(Severity.WARN, placed.file, placed.line, what, why, fix, mend)


def workers_of(snapshot: Snapshot) -> Iterator[tuple[Placed, Celery, Service]]:
    """Every command that starts a worker, and its service."""
    for service in snapshot.services:
        for placed, celery in service.celery("worker"):
            yield placed, celery, service

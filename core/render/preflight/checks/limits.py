"""Checks of times: 22 limits that solo never kept, 26 shutdown delay, 27 visibility timeout."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.project.literal import literal_number
from core.render.preflight.code import Code, dotted
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.settings_of import seconds, settings_of
from core.render.preflight.snapshot import Root, Snapshot
from core.render.preflight.tasks_of import tasks_of

# Celery 5.7, docs/userguide/configuration.rst: new names, and those before 4.0.
_NAMES: Final = {
    "task_time_limit": "time_limit",
    "celeryd_task_time_limit": "time_limit",
    "task_soft_time_limit": "soft_time_limit",
    "celeryd_task_soft_time_limit": "soft_time_limit",
    "visibility_timeout": "visibility_timeout",
}
VISIBILITY_S: Final = 3600.0
"""kombu/transport/redis.py, `Channel.visibility_timeout`."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in seconds: of all tasks (`task` is None) or of one."""

    name: str
    value_s: float
    task: str | None
    file: str
    line: int


def limits_of(snapshot: Snapshot, root: Root) -> Iterator[Limit]:
    """Every time limit that is written down; a variable's value wins over its default."""
    for code in snapshot.worker_code(root):
        for setting in settings_of(code, _NAMES):
            value = seconds(setting.value)
            for written in snapshot.value(setting.variable) if setting.variable else ():
                value = seconds(written.text) or value
                break
            if value is not None:
                yield Limit(setting.name, value, None, setting.file, setting.line)
        for task in tasks_of(code):
            for name in ("time_limit", "soft_time_limit"):
                option = task.option(name)
                value = literal_number(option) if option is not None else None
                if option is not None and value is not None:
                    yield Limit(name, value, task.function.name, code.path, option.lineno)


def unkept_limits(snapshot: Snapshot) -> Iterator[Seen]:
    """22: limits that solo ignores and prefork keeps, in code that is not ready for that."""
    for root in snapshot.roots:
        limits = [each for each in limits_of(snapshot, root) if each.name != "visibility_timeout"]
        handled = any(_handles(code) for code in snapshot.worker_code(root))
        if not limits or handled:
            continue
        first = limits[0]
        whose = f"of {first.task}" if first.task else "of all tasks"
        what = f"{first.name} {whose} is {first.value_s:g} s, and nothing catches it"
        why = "--pool=solo ignores it here; prefork breaks the task off there"
        soft = "" if first.name == "soft_time_limit" else "set a soft limit below it, and "
        fix = f"{soft}catch SoftTimeLimitExceeded to tidy up"
        yield Seen(Severity.WARN, first.file, first.line, what, why, fix)


def _handles(code: Code) -> bool:
    return any(
        isinstance(part.node, ast.Name | ast.Attribute)
        and dotted(part.node).endswith("SoftTimeLimitExceeded")
        for part in code.of(ast.Name, ast.Attribute)
    )


def shutdown_delay(snapshot: Snapshot) -> Iterator[Seen]:
    """26: tasks that may take longer than Render waits after SIGTERM."""
    for root in snapshot.roots:
        delays = [service.delay_s for service in root.services if service.certain and service.works]
        limits = [each for each in limits_of(snapshot, root) if each.name != "visibility_timeout"]
        if not delays or not limits:
            continue
        delay_s, longest = min(delays), max(limits, key=lambda limit: limit.value_s)
        if longest.value_s <= delay_s:
            continue
        whose = longest.task or "a task"
        what = f"{whose} may run {longest.value_s:g} s, and is killed {delay_s} s into a deploy"
        why = "Render sends SIGTERM, then SIGKILL after maxShutdownDelaySeconds: the task is lost"
        fix = (
            "raise maxShutdownDelaySeconds (300 at most); for longer tasks acks_late with"
            " REMAP_SIGTERM=SIGQUIT and worker_soft_shutdown_timeout"
        )
        yield Seen(Severity.WARN, longest.file, longest.line, what, why, fix)


def visibility(snapshot: Snapshot) -> Iterator[Seen]:
    """27: tasks that Redis hands out again while they run, or while they wait for their time."""
    for root in snapshot.roots:
        if not root.packages.named("redis") and not _asks_redis(root):
            continue
        limits = list(limits_of(snapshot, root))
        said = [each.value_s for each in limits if each.name == "visibility_timeout"]
        timeout_s = said[0] if said else VISIBILITY_S
        fix = (
            f"raise visibility_timeout in broker_transport_options ({timeout_s:g} s now), or wait"
            " for less"
        )
        why = "after that time Redis gives the message to another worker as well: it runs twice"
        for limit in limits:
            if limit.name == "time_limit" and limit.value_s > timeout_s:
                what = f"{limit.task or 'a task'} may run {limit.value_s:g} s"
                yield Seen(Severity.WARN, limit.file, limit.line, what, why, fix)
        for code in snapshot.code(root):
            for part in code.of(ast.keyword):
                match part.node:
                    case ast.keyword(arg="countdown" | "default_retry_delay", value=value):
                        wait_s = literal_number(value)
                        if wait_s is not None and wait_s > timeout_s:
                            what = f"a task waits {wait_s:g} s for its time"
                            yield Seen(Severity.WARN, code.path, value.lineno, what, why, fix)
                    case _:
                        pass


def _asks_redis(root: Root) -> bool:
    packages = root.packages.packages
    return any(
        package.name in ("celery", "kombu") and "redis" in package.extras for package in packages
    )

"""Runs all checks, each within a deadline, and never one that cannot say anything."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from core.doctor import company, installed, machine, pool, reach, web, written
from core.doctor.case import Case
from core.doctor.finding import Finding, Seen, State, fault, skipped
from core.errors import FleetError

DEADLINE_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """One check; it is skipped unless those that it `needs` found nothing that stops it."""

    id: str
    group: str
    title: str
    look: Callable[[Case], Awaitable[Seen]]
    needs: tuple[str, ...] = ()
    deadline_s: float = DEADLINE_S


def _in_thread(look: Callable[[Case], Seen]) -> Callable[[Case], Awaitable[Seen]]:
    async def run(case: Case) -> Seen:
        return await asyncio.to_thread(look, case)

    return run


_PROJECT: Final = "Project"
_SETTINGS: Final = "Settings"
_BROKER: Final = "Broker"
_MACHINE: Final = "This machine"
UNREACHABLE: Final = ("broker-name", "broker-connection", "broker-tls", "broker-login")
"""Checks whose fault means that the broker cannot be reached."""

CHECKS: Final[tuple[Check, ...]] = (
    Check("app", _PROJECT, "Celery app", installed.app),
    Check(
        "root-directory", _PROJECT, "start folder", _in_thread(installed.root_directory), ("app",)
    ),
    Check("interpreter", _PROJECT, "interpreter", installed.interpreter, ("app",), 30.0),
    Check("versions", _PROJECT, "versions", installed.versions, ("interpreter",)),
    Check("importing", _PROJECT, "import of the app", installed.importing, ("versions",)),
    Check(
        "literal-variables",
        _SETTINGS,
        "${...} in values",
        _in_thread(written.literal_variables),
        ("app",),
    ),
    Check(
        "precedence",
        _SETTINGS,
        "variable over code",
        _in_thread(written.precedence),
        ("importing",),
    ),
    Check(
        "localhost", _SETTINGS, "localhost in production", _in_thread(written.localhost), ("app",)
    ),
    Check(
        "tls-parameters",
        _SETTINGS,
        "TLS certificates",
        _in_thread(written.tls_parameters),
        ("importing",),
    ),
    Check(
        "windows-traps",
        _SETTINGS,
        "commands for Windows",
        _in_thread(written.windows_traps),
        ("app",),
    ),
    Check(
        "visibility",
        _SETTINGS,
        "visibility timeout",
        _in_thread(written.visibility),
        ("importing",),
    ),
    Check("pool", _SETTINGS, "pool", pool.pool, ("importing",)),
    Check(
        "broker-address",
        _BROKER,
        "address",
        reach.address,
        ("importing", "literal-variables"),
    ),
    Check("broker-name", _BROKER, "host name", reach.name, ("broker-address",)),
    Check("broker-connection", _BROKER, "connection", reach.connection, ("broker-name",)),
    Check("broker-tls", _BROKER, "TLS", reach.tls, ("broker-connection",)),
    Check("broker-login", _BROKER, "login", reach.login, ("broker-connection", "broker-tls")),
    Check(
        "results",
        _BROKER,
        "result backend",
        reach.results,
        ("broker-address", "tls-parameters"),
    ),
    Check("web-broker", _BROKER, "web service", web.web_broker, ("broker-address",), 60.0),
    Check("node-names", _BROKER, "worker names", company.node_names, ("broker-login",)),
    Check("zombies", _MACHINE, "workers left over", _in_thread(machine.zombies), ("app",)),
    Check("ports", _MACHINE, "ports", _in_thread(machine.ports), ("versions",)),
    Check("disk", _MACHINE, "disk", _in_thread(machine.disk), ("app",)),
)


async def examine(case: Case, checks: tuple[Check, ...] = CHECKS) -> AsyncGenerator[Finding]:
    """Yield the finding of each check as it is made."""
    for check in checks:
        seen = _stopped(check, case) or await _look(check, case)
        finding = Finding(check.id, check.group, check.title, seen.state, seen.evidence, seen.fix)
        case.findings[check.id] = finding
        yield finding


def _stopped(check: Check, case: Case) -> Seen | None:
    for needed in check.needs:
        before = case.findings.get(needed)
        if before is None or before.state is State.FAULT:
            return skipped(f"first mend: {before.title if before else needed}")
        if before.state is State.SKIPPED and needed != "broker-tls":
            return skipped(before.evidence)
    return None


async def _look(check: Check, case: Case) -> Seen:
    try:
        async with asyncio.timeout(check.deadline_s):
            return await check.look(case)
    except FleetError as error:
        return fault(f"{error.what}: {error.why}", error.fix)
    except TimeoutError:
        return fault(
            f"it gave no answer within {check.deadline_s:g} s",
            "something hangs: see what the app does when it is imported, and the network",
        )

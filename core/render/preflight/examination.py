"""All checks, and what they find in a snapshot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from core.render.preflight.checks import (
    addresses,
    beats,
    blueprints,
    brokers,
    folders,
    forking,
    limits,
    lists,
    memory,
    missing,
    names,
    paths,
    repeats,
    scripts,
    secrets,
    sending,
    variables,
    versions,
    windows,
    workers,
)
from core.render.preflight.finding import Finding, Seen, Severity
from core.render.preflight.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name in reports, the part of the report that it belongs to."""

    id: str
    group: str
    look: Callable[[Snapshot], Iterator[Seen]]


_COMMIT: Final = "What git would send"
_PACKAGES: Final = "Packages and Python"
_FILES: Final = "Files and paths"
_PREFORK: Final = "Prefork in place of solo"
_RELIABLE: Final = "Deploys and repeats"
_BROKER: Final = "Broker and variables"
_RENDER: Final = "render.yaml"

CHECKS: Final[tuple[Check, ...]] = (
    Check("commit", _COMMIT, sending.commit),
    Check("windows-packages", _PACKAGES, lists.windows_packages),
    Check("resolves-on-linux", _PACKAGES, lists.unproven_lists),
    Check("missing-packages", _PACKAGES, missing.missing_packages),
    Check("unpinned", _PACKAGES, lists.unpinned),
    Check("python-version", _PACKAGES, versions.python_version),
    Check("wheels", _PACKAGES, versions.unproven_wheels),
    Check("list-bytes", _PACKAGES, lists.list_bytes),
    Check("line-ends", _FILES, scripts.line_ends),
    Check("exec-bits", _FILES, scripts.exec_bits),
    Check("import-case", _FILES, names.import_case),
    Check("colliding-paths", _FILES, names.colliding_paths),
    Check("left-out", _FILES, names.left_out),
    Check("windows-paths", _FILES, paths.windows_paths),
    Check("encodings", _FILES, paths.encodings),
    Check("shared-files", _FILES, paths.shared_files),
    Check("windows-only", _FILES, windows.windows_only),
    Check("importable", _FILES, folders.importable),
    Check("pool", _PREFORK, workers.pools),
    Check("processes-in-tasks", _PREFORK, forking.processes_in_tasks),
    Check("made-before-fork", _PREFORK, forking.made_before_fork),
    Check("shared-globals", _PREFORK, forking.shared_globals),
    Check("time-limits", _PREFORK, limits.unkept_limits),
    Check("concurrency", _PREFORK, workers.concurrency),
    Check("memory", _PREFORK, memory.memory),
    Check("event-loops", _PREFORK, windows.event_loops),
    Check("shutdown-delay", _RELIABLE, limits.shutdown_delay),
    Check("visibility-timeout", _RELIABLE, limits.visibility),
    Check("not-twice", _RELIABLE, repeats.not_twice),
    Check("signals", _RELIABLE, scripts.signals),
    Check("beat", _RELIABLE, beats.beat),
    Check("node-names", _RELIABLE, workers.node_names),
    Check("tls", _BROKER, addresses.tls),
    Check("literal-variables", _BROKER, variables.literal_variables),
    Check("localhost", _BROKER, addresses.localhost),
    Check("environment", _BROKER, variables.contract),
    Check("broker-budget", _BROKER, brokers.budget),
    Check("tracked-secrets", _BROKER, secrets.tracked_secrets),
    Check("blueprint", _RENDER, blueprints.blueprint),
)
"""In the order of the report."""


def examine(snapshot: Snapshot) -> tuple[Finding, ...]:
    """What all checks find, each fault once, by check and then by place."""
    return tuple(finding for check in CHECKS for finding in found_by(check, snapshot))


def found_by(check: Check, snapshot: Snapshot) -> tuple[Finding, ...]:
    """What one check finds, each fault once, by place."""
    seen = sorted(dict.fromkeys(check.look(snapshot)), key=_place)
    return tuple(Finding(check.id, each) for each in seen)


def _place(seen: Seen) -> tuple[str, int]:
    return seen.file or "", seen.line or 0


def blocks(findings: tuple[Finding, ...]) -> bool:
    """Whether anything is certain to fail."""
    return any(finding.seen.severity is Severity.BLOCK for finding in findings)

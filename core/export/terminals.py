"""The commands that one would type, a terminal for each."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.groups import WorkerGroup, worker_groups
from core.project.opening import Project
from core.rows.choice import choose, declared_rows
from core.rows.declared import DeclaredRow
from core.secret import Secret
from core.wishes import Wishes, worker_mode, worker_spec
from core.workers.mode import Mode
from core.workers.spec import WorkerSpec


@dataclass(frozen=True, slots=True)
class Terminal:
    """One command: `name` is the title of its window, `env` are variables of its own."""

    name: str
    argv: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


def terminals(project: Project, wishes: Wishes, environ: Mapping[str, str]) -> tuple[Terminal, ...]:
    """The literal commands of the workers and of all rows, names and host filled in.

    Raises FleetError for settings and rows that make no sense.
    """
    fleet = (
        Terminal(node, spec.command(node), spec.workdir, group.env)
        for group, spec in _workers(project, wishes, environ)
        for node in group.nodes
    )
    rows = choose(project, replace(wishes, all_rows=True), environ).rows
    return (
        *fleet,
        *(
            Terminal(row.name, row.command(project.interpreter.path), row.cwd, _shown(row.env))
            for row in rows
        ),
    )


def procfile_lines(
    project: Project, wishes: Wishes, environ: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Names and commands for a Procfile, which is run in the active environment.

    Commands of rows stay as they were written, so that `$PORT` is still the platform's.
    """
    workers = (
        "".join(f"{name}={shlex.quote(value)} " for name, value in group.env.items())
        + shlex.join(spec.command(node)[2:])
        for group, spec in _workers(project, wishes, environ)
        for node in group.nodes
    )
    fleet = ((f"worker{number}", command) for number, command in enumerate(workers, 1))
    chosen = {row.name for row in choose(project, replace(wishes, all_rows=True), environ).rows}
    rows = ((row.name, _written(row)) for row in declared_rows(project) if row.name in chosen)
    return (*fleet, *rows)


def _workers(
    project: Project, wishes: Wishes, environ: Mapping[str, str]
) -> tuple[tuple[WorkerGroup, WorkerSpec], ...]:
    """Each group with the way to run its workers by the literal command."""
    mode = worker_mode(project, wishes)
    plain = replace(
        wishes,
        mode=Mode.PREFORK if mode is Mode.PREFORK else Mode.PLAIN,
        hoard=False,
        daemonic=False,
        spare=False,
    )
    groups = worker_groups(project, plain, environ)
    first = groups[0]
    spec = worker_spec(project, plain, environ, None, first.nodes[0], first.count)
    return tuple((group, group.spec(spec)) for group in groups)


def _shown(env: Mapping[str, str | Secret]) -> Mapping[str, str]:
    return {name: value for name, value in env.items() if isinstance(value, str)}


def _written(row: DeclaredRow) -> str:
    if isinstance(row.command, str):
        return row.command
    return shlex.join(row.command)

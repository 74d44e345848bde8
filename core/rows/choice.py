"""The rows of a project, and which of them a session starts."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final

from core.errors import USAGE, FleetError
from core.places import project_folder
from core.project.opening import Project
from core.rows.celery import NO_EMBEDDED_BEAT, beat_with_files, command_of, embeds_beat
from core.rows.declared import DeclaredRow
from core.rows.procfile import find_procfile, read_procfile
from core.rows.readiness import HttpAnswers, LineMatches, PortListens, Readiness, UpFor
from core.rows.row import GRACE_S, WORKERS, RowSpec
from core.rows.words import Words, port_in, split
from core.wishes import Wishes

FIRST_PORT: Final = 8000
"""For the first row that asks for $PORT where the environment has none; the next one counts on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows to start, in order, and what people should know."""

    rows: tuple[RowSpec, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not show in any log."""
        return tuple(secret for row in self.rows for secret in row.secrets)


def declared_rows(project: Project) -> tuple[DeclaredRow, ...]:
    """Every row of the project: of its settings, then of its Procfile those of other names."""
    procfile = find_procfile(project.workdir, project.root)
    rows = {row.name: row for row in project.settings.rows}
    for row in read_procfile(procfile) if procfile else ():
        rows.setdefault(row.name, row)
    return tuple(rows.values())


def choose(project: Project, wishes: Wishes, environ: Mapping[str, str]) -> Choice:
    """What a session starts beside the workers: what was asked for, else `rows_with_up`.

    Raises FleetError for a name that is no row, a circle of `after`, a command that cannot be run.
    """
    known = {row.name: row for row in declared_rows(project)}
    fleet = {name for name, row in known.items() if _is_worker(row)}
    wanted = _wanted(known, fleet, project, wishes)
    waiting = [name for name in known if name not in wanted and name not in fleet]
    notes = [_stood_for(known[name]) for name in known if name in fleet]
    if waiting:
        notes.append(f"rows that are not started: {', '.join(waiting)} (--rows NAME,.. does)")
    variables = project.environment(environ)
    making = _Making(project, wishes.reload, variables)
    made = [making.row(known[name]) for name in known if name in wanted]
    return Choice(_ordered(made), tuple(notes))


def _wanted(
    known: Mapping[str, DeclaredRow], fleet: set[str], project: Project, wishes: Wishes
) -> set[str]:
    asked = wishes.rows if wishes.rows is not None else project.settings.rows_with_up
    wanted: set[str] = set()
    more = [name for name in known if name not in fleet] if wishes.all_rows else list(asked)
    while more:  # what a row waits for is started too
        name = more.pop()
        if name in wanted or name == WORKERS:
            continue
        if name not in known:
            raise _unknown(name, known)
        if name in fleet:
            raise FleetError(
                f"the row {name} is not started",
                _stood_for(known[name]),
                f"leave {name} out; -n says how many workers there are",
                exit_code=USAGE,
            )
        wanted.add(name)
        more += known[name].after or ()
    return wanted


def _unknown(name: str, known: Mapping[str, DeclaredRow]) -> FleetError:
    return FleetError(
        f"the project has no row {name}",
        f"it has {', '.join(known)}" if known else "it declares none, and has no Procfile",
        f'add rows.{name} = "command" to its Solofleet settings, or a line to its Procfile',
        exit_code=USAGE,
    )


def _is_worker(row: DeclaredRow) -> bool:
    return command_of(_plain_words(row)) == "worker"


def _plain_words(row: DeclaredRow) -> tuple[str, ...]:
    """The words as far as they tell a worker from others: nothing is refused here."""
    return tuple(row.command.split()) if isinstance(row.command, str) else row.command


def _stood_for(row: DeclaredRow) -> str:
    beat = f". {NO_EMBEDDED_BEAT}" if embeds_beat(_plain_words(row)) else ""
    return f"the fleet stands for {row.name} of {row.where}, a Celery worker{beat}"


class _Making:
    """Makes rows of what is declared; ports are given out in turn."""

    def __init__(self, project: Project, reload: bool, variables: Mapping[str, str]) -> None:
        self._project = project
        self._reload = reload
        self._variables = variables
        self._ports = 0

    def row(self, declared: DeclaredRow) -> RowSpec:
        port = str(declared.port or self._port_of_variables() or FIRST_PORT + self._ports)
        words = self._words(declared, {**self._variables, **declared.env, "PORT": port})
        env = {**declared.env, **words.env}
        if "PORT" in words.used:
            self._ports += 1
            env["PORT"] = port
        listening = int(env["PORT"]) if "PORT" in words.used else port_in(words.argv)
        argv, beat = words.argv, command_of(words.argv) == "beat"
        if beat:
            argv = beat_with_files(argv, _schedule(self._project))
        return RowSpec(
            name=declared.name,
            argv=argv,
            cwd=self._cwd(declared),
            env=env,
            ready=_readiness(declared, declared.port or listening),
            after=declared.after or (),
            strict=declared.after is not None,
            restart=declared.restart,
            reload=(declared.reload or (beat and self._reload)) and "--reload" not in argv,
            stop_signal=declared.stop_signal,
            grace_s=GRACE_S if declared.grace_s is None else declared.grace_s,
        )

    def _port_of_variables(self) -> int | None:
        """What PORT says, where that is a port; Docker's links set it to tcp://..., say."""
        text = self._variables.get("PORT", "")
        return int(text) if text.isdecimal() and 0 < int(text) < 65536 else None

    def _words(self, declared: DeclaredRow, variables: Mapping[str, str]) -> Words:
        if isinstance(declared.command, tuple):
            return Words(declared.command)
        return split(declared.name, declared.command, variables, windows=sys.platform == "win32")

    def _cwd(self, declared: DeclaredRow) -> Path:
        if declared.cwd is None:
            return self._project.workdir
        return self._project.root / declared.cwd


def _schedule(project: Project) -> Path:
    """Where beat remembers what it has sent: the user's state folder, not the repository."""
    folder = project_folder(project.name, "beat remembers there what it has sent")
    return folder / "celerybeat-schedule"


def _readiness(declared: DeclaredRow, port: int | None) -> Readiness:
    ready = declared.ready or ("port" if port else None)
    if ready is None:
        return UpFor()
    if ready.startswith("log:"):
        return LineMatches(re.compile(ready.removeprefix("log:")))
    if port is None:
        raise FleetError(
            f"nobody knows when the row {declared.name} is ready",
            f'ready = "{ready}" needs a port, and its command names none',
            f"add port = … to rows.{declared.name}",
            exit_code=USAGE,
        )
    return PortListens(port) if ready == "port" else HttpAnswers(port, ready)


def _ordered(rows: Iterable[RowSpec]) -> tuple[RowSpec, ...]:
    """In the order of their start: workers, beat, web, others, unless `after` says otherwise."""
    by_rank = sorted(rows, key=_rank)
    placed = {row.name: row if row.strict else _behind(row, by_rank) for row in by_rank}
    _refuse_circle(placed)
    return tuple(placed.values())


def _rank(row: RowSpec) -> int:
    if command_of(row.argv) == "beat":
        return 0
    return 1 if row.name == "web" else 2


def _behind(row: RowSpec, rows: Iterable[RowSpec]) -> RowSpec:
    before = (
        other.name for other in rows if _rank(other) < _rank(row) and row.name not in other.after
    )
    return replace(row, after=(WORKERS, *before))


def _refuse_circle(rows: Mapping[str, RowSpec]) -> None:
    try:
        TopologicalSorter({row.name: row.after for row in rows.values()}).prepare()
    except CycleError as error:
        raise FleetError(
            "the rows wait for each other in a circle",
            " > ".join(error.args[1]),
            "take one of them out of an after = […]",
            exit_code=USAGE,
        ) from None

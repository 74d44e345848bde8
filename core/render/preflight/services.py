"""What would run on Render: the services of render.yaml, else the commands of a Procfile."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from core.errors import FleetError
from core.render.blueprint.node import Table
from core.render.blueprint.reading import Document, read_text
from core.render.blueprint.running import code_folder, docker_start
from core.render.blueprint.services import groups_of, runtime_of, services_of
from core.render.preflight.command import (
    Call,
    Celery,
    calls_in,
    celery_of,
    is_server,
    script_lines,
    script_of,
)
from core.render.preflight.commit import joined
from core.render.variables.written import Written, variables_of

BLUEPRINT: Final = "render.yaml"
PROCFILE: Final = "Procfile"
DEFAULT_DELAY_S: Final = 30
"""Seconds from SIGTERM to SIGKILL (https://render.com/docs/deploys#graceful-shutdown)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A program that is run, with the line it stands in; `script` is the file, if it is one."""

    call: Call
    file: str
    line: int
    script: str | None = None

    @property
    def celery(self) -> Celery | None:
        """The call as one of Celery."""
        return celery_of(self.call)


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a service: its text, and all that it runs, scripts of the commit followed."""

    text: str
    file: str
    line: int
    calls: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One service. `certain`: render.yaml has it; a Procfile is read by people only.

    `kind` is web, worker, pserv, cron, keyvalue or redis. `instances` is the most that may run at
    once. `delay_s`: from SIGTERM to SIGKILL. `values` are its own variables and those of its groups
    that the file has; `groups` are all that it names.
    """

    name: str
    kind: str
    runtime: str
    root: str
    file: str
    line: int
    certain: bool
    start: Command | None = None
    build: Command | None = None
    before: Command | None = None
    instances: int = 1
    scales: bool = False
    delay_s: int = DEFAULT_DELAY_S
    plan: str = ""
    region: str = ""
    policy: str = ""
    values: tuple[Written, ...] = ()
    groups: tuple[str, ...] = field(default=())

    @property
    def is_of_docker(self) -> bool:
        """Whether a Dockerfile of the commit builds it."""
        return self.runtime == "docker"

    @property
    def runs_python(self) -> bool:
        """Whether Render's own Python builds and runs it."""
        return self.runtime == "python"

    def celery(self, does: str) -> Iterator[tuple[Placed, Celery]]:
        """Its commands of Celery that do this."""
        for placed in self.start.calls if self.start else ():
            if (found := placed.celery) is not None and found.does == does:
                yield placed, found

    @property
    def serves(self) -> bool:
        """Whether it is a web service, or starts a server."""
        calls = self.start.calls if self.start else ()
        return self.kind in ("web", "pserv") or any(is_server(placed.call) for placed in calls)

    @property
    def works(self) -> bool:
        """Whether it starts a Celery worker."""
        return any(True for _ in self.celery("worker"))


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What render.yaml says; None where there is none. `problem` when it cannot be read."""

    document: Document | None = None
    services: tuple[Service, ...] = ()
    values: tuple[Written, ...] = ()
    problem: FleetError | None = None


TextOf = Callable[[str], str | None]


def read_blueprint(text: str, text_of: TextOf) -> Blueprint:
    """The services of a render.yaml, and the values of its groups."""
    try:
        document = read_text(text, Path(BLUEPRINT))
    except FleetError as error:
        return Blueprint(problem=error)
    root = document.root
    groups = {
        group.text("name"): tuple(variables_of(group, BLUEPRINT)) for group in groups_of(root)
    }
    services = tuple(_service(table, groups, text_of) for table in services_of(root))
    values = (*chain.from_iterable(groups.values()), *(v for s in services for v in s.values))
    return Blueprint(document, services, tuple(dict.fromkeys(values)))


def _service(table: Table, groups: dict[str, tuple[Written, ...]], text_of: TextOf) -> Service:
    root = code_folder(table)
    scaling = table.table("scaling")
    named = tuple(filter(None, (item.text("fromGroup") for item in table.tables("envVars"))))
    most = _number(scaling.text("maxInstances"), 1) if scaling else 1
    name = table.text("name")
    of_groups = tuple(value for group in named for value in groups.get(group, ()))

    def command(*keys: str) -> Command | None:
        for key in keys:
            entry = table.entry(key)
            if entry is not None and table.text(key):
                line = entry.value.line
                return _command(table.text(key), BLUEPRINT, line, root, text_of)
        return None

    return Service(
        name=name,
        kind=table.text("type"),
        runtime=runtime_of(table),
        root=root,
        file=BLUEPRINT,
        line=table.line,
        certain=True,
        start=command("startCommand", "dockerCommand") or _of_docker(table, root, text_of),
        build=command("buildCommand"),
        before=command("preDeployCommand"),
        instances=max(_number(table.text("numInstances"), 1), most),
        scales=scaling is not None,
        delay_s=_number(table.text("maxShutdownDelaySeconds"), DEFAULT_DELAY_S),
        plan=table.text("plan"),
        region=table.text("region"),
        policy=table.text("maxmemoryPolicy"),
        values=(*variables_of(table, BLUEPRINT), *of_groups),
        groups=named,
    )


def _of_docker(table: Table, root: str, text_of: TextOf) -> Command | None:
    """What the Dockerfile of a service starts."""
    if (found := docker_start(table, text_of)) is None:
        return None
    text, file, line = found
    placed = (_placed(each, file, line, root, text_of) for each in text.splitlines())
    return Command(text, file, line, tuple(chain.from_iterable(placed)))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


_LINE: Final = re.compile(r"^(?P<name>[\w-]+):\s*(?P<command>\S.*)$")


def read_procfile(path: str, text: str, text_of: TextOf) -> Iterator[Service]:
    """The lines `name: command` of a Procfile."""
    folder = path.rpartition("/")[0]
    for number, line in enumerate(text.splitlines(), 1):
        if (found := _LINE.match(line)) is None:
            continue
        command = _command(found["command"], path, number, folder, text_of)
        works = any(placed.celery for placed in command.calls)
        kind = "worker" if works or found["name"] != "web" else "web"
        yield Service(
            found["name"], kind, "python", folder, path, number, certain=False, start=command
        )


def _command(text: str, file: str, line: int, root: str, text_of: TextOf) -> Command:
    lines = list(script_lines(text))
    if len(lines) > 1:  # a block after `|`: its text starts in the next line
        lines = [(line + number, each) for number, each in lines]
    else:
        lines = [(line, each) for _, each in lines]
    placed = (one for at, each in lines for one in _placed(each, file, at, root, text_of))
    return Command(text, file, line, tuple(placed))


def _placed(
    text: str, file: str, line: int, root: str, text_of: TextOf, script: str | None = None
) -> Iterator[Placed]:
    for call in calls_in(text):
        yield Placed(call, file, line, script)
        path = joined(joined(root, call.folder), script_of(call) or "")
        content = text_of(path) if script is None and script_of(call) else None
        if content is not None:
            for number, inner in script_lines(content):
                yield from _placed(inner, path, number, root, text_of, path)

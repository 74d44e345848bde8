"""What a command of `solofleet` is made of."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.bridge.calls import Calls
from core.cli.app_calls import app_calls
from core.cli.arguments import Arguments
from core.cli.options import Parser, listed
from core.cli.printer import Printer
from core.cli.terminal import Terminal
from core.errors import FleetError
from core.project.opening import Project, open_project
from core.project.versions import Versions
from core.runnable import check_runnable
from core.secret import Secret
from core.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Here:
    """What a command has to work with: what was typed, where to show things, our environment."""

    arguments: Arguments
    terminal: Terminal
    printer: Printer
    environ: Mapping[str, str]

    @property
    def wishes(self) -> Wishes:
        """What was asked for beyond what the project says."""
        typed = self.arguments
        return Wishes(
            workers=typed.workers,
            broker=Secret(typed.broker) if typed.broker else None,
            loglevel=typed.loglevel,
            queues=listed(typed.queues or ""),
            groups=tuple(typed.group or ()),
            name=typed.name,
            mode=typed.mode,
            hoard=typed.hoard,
            daemonic=typed.daemonic,
            spare=typed.spare,
            events=typed.events,
            grace_s=typed.grace,
            debug_port=typed.debug,
            rows=None if typed.rows is None else listed(typed.rows),
            all_rows=typed.all_rows,
            reload=typed.reload,
            watch_others=typed.watch_others,
        )

    def ask(self, question: str) -> bool:
        """Whether somebody agrees, by `--yes` or when asked."""
        return self.arguments.yes or self.terminal.ask(question)

    def project(self) -> Project:
        """The project as its files have it. Raises FleetError."""
        typed = self.arguments
        return open_project(typed.project, app=typed.app, python=typed.python, environ=self.environ)

    def project_if_any(self) -> Project | None:
        """The project; None where nothing is found to run, and its files are looked at alone.

        That is said. Raises FleetError where an app or an interpreter was named.
        """
        try:
            return self.project()
        except FleetError as error:
            if self.arguments.app or self.arguments.python:
                raise
            self.terminal.aside(f"{error.what}: what its app imports is not looked at as such")
            return None

    async def runnable(self) -> Project:
        """The project, whose interpreter has a Celery that works. Raises FleetError."""
        return (await self.checked())[0]

    async def checked(self) -> tuple[Project, Versions]:
        """As `runnable`, and what that interpreter has."""
        project = self.project()
        return project, await check_runnable(project, self.wishes, self.environ)

    @asynccontextmanager
    async def calls(self, *, need_broker: bool = True) -> AsyncGenerator[tuple[Project, Calls]]:
        """The project, and the way into its app for the time of the block. Raises FleetError."""
        project = await self.runnable()
        into = app_calls(
            project, self.wishes, self.terminal.aside, self.environ, need_broker=need_broker
        )
        async with into as calls:
            yield project, calls


@dataclass(frozen=True, slots=True)
class Command:
    """One verb: `run` does it and gives the exit code, or raises FleetError.

    With `takes`, its words are `[PROJECT] WORD`, and the last one goes into that field of
    `Arguments`. With `takes_many` there may be more words: a first one that names a folder is the
    project, the others go into the field with commas between them. A name may have two words:
    `render check` is listed under `render`.
    """

    name: str
    help: str
    add_options: Callable[[Parser], None]
    run: Callable[[Here], Awaitable[int]]
    takes: str | None = None
    takes_many: bool = False

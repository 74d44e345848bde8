"""Tries the parts of a project one after the other, and tells how each of them does.

Nothing is started but the project's interpreter: no worker, and no broker. What is wrong with one
part does not keep those that do not need it from being tried.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.broker.address import read_address
from core.broker.builtin import env as builtin_variables
from core.broker.servers import find_server
from core.changes import BrokerKnown
from core.doctor.case import Case
from core.doctor.examination import CHECKS, Check, examine
from core.doctor.finding import State as Verdict
from core.errors import UNAVAILABLE, FleetError
from core.groups import size_reason, worker_groups
from core.jobs import job_group
from core.project.apps import AppCandidate, find_apps
from core.project.compatibility import check_versions
from core.project.env_files import unreadable
from core.project.finding import Found, Part, find_project
from core.project.folder import env_files
from core.project.interpreter import Interpreter, all_interpreters
from core.project.machine import Machine, this_machine
from core.project.opening import Project, as_project
from core.project.tree import absolute, look_around
from core.project.versions import Versions, read_versions
from core.runnable import check_runnable
from core.secret import Secret
from core.settings import load_settings
from core.settings.origin import Layer, Origin, Setting
from core.settings.places import user_file
from core.setup.choices import KEYS, Choices
from core.setup.trial import State, Trial
from core.wishes import Wishes, wants_builtin, worker_spec
from core.workers.containment import Containment, make_containment

Publish = Callable[[Trial], None]
AS_FOUND: Final = Wishes()
"""What was chosen is part of the project's settings already."""
_WAY_TO_BROKER: Final = (
    "tls-parameters",
    "broker-address",
    "broker-name",
    "broker-connection",
    "broker-tls",
    "broker-login",
    "results",
)


async def try_out(
    path: Path,
    choices: Choices,
    environ: Mapping[str, str],
    publish: Publish,
    machine: Machine | None = None,
) -> Trial:
    """Try the project in `path`; `publish` is told each step. Cancelling it ends all of it."""
    attempt = _Attempt(Trial(absolute(path)), environ, publish, machine or this_machine(environ))
    await attempt.run(choices)
    return attempt.trial


def resized(trial: Trial, workers: int, environ: Mapping[str, str]) -> Trial:
    """The same with so many workers; nothing has to be tried anew for that."""
    assert trial.project is not None, "there is a project to resize"
    asked = {"workers": Setting(workers, Origin(Layer.ASKED))}
    settings = trial.project.settings.over(asked)
    return _sized(trial, replace(trial.project, settings=settings), environ)


def _sized(trial: Trial, project: Project, environ: Mapping[str, str]) -> Trial:
    faults = {part: error for part, error in trial.faults.items() if part is not Part.WORKERS}
    trial = replace(trial, project=project)
    try:
        groups = worker_groups(project, AS_FOUND, environ)
    except FleetError as error:
        states = {**trial.states, Part.WORKERS: State.FAULT}
        return replace(trial, states=states, faults={**faults, Part.WORKERS: error}, groups=())
    states = {**trial.states, Part.WORKERS: State.WORKS}
    reason = size_reason(groups)
    return replace(trial, states=states, faults=faults, groups=groups, size_reason=reason)


def _all_apps(root: Path, environ: Mapping[str, str]) -> tuple[AppCandidate, ...]:
    """The apps of all folders, whichever of them was chosen."""
    try:
        settings = load_settings(root, environ, user=user_file())
        return find_apps(look_around(root), settings, environ, None)
    except FleetError:
        return ()


class _Attempt:
    """One trial; `trial` is how far it is."""

    def __init__(
        self, trial: Trial, environ: Mapping[str, str], publish: Publish, machine: Machine
    ) -> None:
        self.trial = trial
        self._environ = environ
        self._publish = publish
        self._machine = machine

    async def run(self, choices: Choices) -> None:
        self._turn(Part.FOLDER, State.TRYING)
        faults: dict[Part, FleetError] = {}
        found = await asyncio.to_thread(
            find_project,
            self.trial.path,
            self._environ,
            faults.__setitem__,
            machine=self._machine,
            chosen=choices.settings(),
            leave_out=KEYS,
        )
        if found is not None:
            self._tell(found=found)
            self._turn(Part.FOLDER, State.WORKS)
            await self._variables(found)
        for part, error in faults.items():
            self._fail(part, error)
        if found is None:
            return
        async with job_group() as jobs:
            jobs.create_task(self._others(found))
            if not faults:
                await self._project(as_project(found))
            elif found.interpreter is not None:
                await self._guarded(Part.INTERPRETER, self._interpreter(found.interpreter))

    async def _project(self, project: Project) -> None:
        self._tell(project=project)
        self._workers(project)
        builtin = wants_builtin(project, AS_FOUND)
        if builtin:
            await self._guarded(Part.BROKER, self._builtin())
        if not await self._guarded(Part.INTERPRETER, self._runnable(project)):
            return
        async with make_containment() as containment:
            spec = worker_spec(project, AS_FOUND, self._environ, None)
            if builtin:
                # The app is not to speak to a broker here, and some open theirs when imported.
                spec = replace(spec, broker=builtin_variables(_NOWHERE))
            host = Host(spec, containment)
            try:
                calls = Calls(host)
                if await self._guarded(Part.APP, self._app(calls)) and not builtin:
                    await self._guarded(Part.BROKER, self._broker(project, calls, containment))
            finally:
                await host.close()

    async def _variables(self, found: Found) -> None:
        files = env_files(found.root, found.workdir, found.settings)
        error = await asyncio.to_thread(unreadable, files)
        if error is None:
            self._turn(Part.VARIABLES, State.WORKS)
        else:
            self._fail(Part.VARIABLES, error)

    async def _others(self, found: Found) -> None:
        """What else could be taken is asked after while the first of each is tried."""
        self._tell(apps=await asyncio.to_thread(_all_apps, found.root, self._environ))
        interpreters = await asyncio.to_thread(
            all_interpreters, self._machine, root=found.root, workdir=found.workdir
        )
        self._tell(interpreters=interpreters)
        for interpreter in interpreters:
            if interpreter.path not in self.trial.versions_of:
                with suppress(FleetError):  # it is told when it is taken
                    self._has(interpreter, await read_versions(interpreter, self._environ))

    def _has(self, interpreter: Interpreter, versions: Versions) -> None:
        self._tell(versions_of={**self.trial.versions_of, interpreter.path: versions})

    def _workers(self, project: Project) -> None:
        self.trial = _sized(self.trial, project, self._environ)
        self._publish(self.trial)

    async def _runnable(self, project: Project) -> None:
        await self._interpreter(project.interpreter)
        await check_runnable(project, AS_FOUND, self._environ)

    async def _interpreter(self, interpreter: Interpreter) -> None:
        """What it has is told also where that is not enough."""
        versions = await read_versions(interpreter, self._environ)
        self._has(interpreter, versions)
        check_versions(versions, interpreter)

    async def _app(self, calls: Calls) -> None:
        told = await calls.describe()
        tasks = [task for task in told if not task["name"].startswith("solofleet.")]
        queues = sorted({str(task["queue"]) for task in told})
        self._tell(tasks=tuple(str(task["name"]) for task in tasks), queues=tuple(queues))

    async def _builtin(self) -> None:
        server = await asyncio.to_thread(find_server)
        self._tell(broker=BrokerKnown("", True, server.label, None), local=True)

    async def _broker(self, project: Project, calls: Calls, containment: Containment) -> None:
        settings = await calls.settings()
        case = Case(lambda: project, AS_FOUND, self._environ, containment)
        case.project, case.calls, case.settings = project, calls, settings
        async for finding in examine(case, _checks()):
            if finding.state is Verdict.FAULT:
                what = _what(finding.id, settings)
                why = _REPEATED.sub("", finding.evidence)
                raise FleetError(what, why, finding.fix, exit_code=UNAVAILABLE)
        url = await calls.broker_url()
        known = BrokerKnown(url, False, "the project's broker", await calls.ping())
        self._tell(broker=known, local=read_address(Secret(url)).local)

    async def _guarded(self, part: Part, work: Any) -> bool:
        """Whether it works."""
        self._turn(part, State.TRYING)
        try:
            await work
        except FleetError as error:
            self._fail(part, error)
            return False
        self._turn(part, State.WORKS)
        return True

    def _fail(self, part: Part, error: FleetError) -> None:
        self._tell(faults={**self.trial.faults, part: error})
        self._turn(part, State.FAULT)

    def _turn(self, part: Part, state: State) -> None:
        self._tell(states={**self.trial.states, part: state})

    def _tell(self, **changes: Any) -> None:
        self.trial = replace(self.trial, **changes)
        self._publish(self.trial)


_NOWHERE: Final = "redis://127.0.0.1:1/0"


def _checks() -> tuple[Check, ...]:
    """The doctor's steps to the broker; what they need besides was done here."""
    return tuple(
        replace(check, needs=tuple(each for each in check.needs if each in _WAY_TO_BROKER))
        for check in CHECKS
        if check.id in _WAY_TO_BROKER
    )


_REPEATED: Final = re.compile(r"no broker at \S+: ")


def _what(check: str, settings: Mapping[str, Any]) -> str:
    if check in ("results", "tls-parameters"):
        return "The result backend would fail"
    return f"The broker {settings['broker']['url']} does not answer"

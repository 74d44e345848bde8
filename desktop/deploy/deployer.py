"""The Deploy page's work: what is looked at when, what is chosen, mended and written."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.blueprint.drafting import Draft, write_draft
from core.render.blueprint.planning import repository_of
from core.render.choices import Choices
from core.render.there import OnRender
from core.session import Session
from desktop.deploy.checker import Checker
from desktop.deploy.facts import Checked, Facts, WhatIf
from desktop.deploy.looking import (
    Ground,
    make_draft,
    read_environment,
    read_ground,
    run_preflight,
    size_of,
)
from desktop.deploy.mender import Mender
from desktop.deploy.page import DeployPage
from desktop.deploy.steps import Step
from desktop.deploy.watching import changes_below, younger
from desktop.desk import Desk
from desktop.render.side import RenderSide
from desktop.run.far_logs import FarLogs
from desktop.theme.theme import Theme

T = TypeVar("T")


class Deployer(QObject):
    """`place_clicked` has a file and a line of it.

    It looks when its page is first seen, and again on request; what it writes itself it looks at
    by itself. All that is chosen is forgotten with the project, unless it was written. `logs` gives
    where the logs of Render are shown.
    """

    place_clicked = Signal(str, int)

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        logs: Callable[[], FarLogs | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page = DeployPage(theme)
        self._forget()
        page = self.page
        self._mender = Mender(page.preflight, lambda: self.facts, self._do, self._mended)
        self._checker = Checker(page.checklist, desk, self._do, self._checked, self._way)
        self._checker.place_clicked.connect(self.place_clicked)
        page.again.connect(self.look)
        page.cancelled.connect(self.cancel)
        page.blueprint.form.chosen.connect(self._choose)
        page.size_up.tried.connect(self._try)
        page.size_up.taken.connect(self._take)
        page.diff.write.connect(self._write)
        page.diff.opened.connect(self._open_blueprint)
        page.preflight.findings.place_clicked.connect(self._go)
        page.notes.place_clicked.connect(self._go)
        page.environment.place_clicked.connect(self._go_variable)
        page.seen.connect(self._seen)
        self.render = RenderSide(theme, desk, page, logs, self)
        self.render.committer.place_clicked.connect(self.place_clicked)
        self.render.remote.changed.connect(self._checker.reached)
        self.render.prover.proved.connect(self._checker.look_again)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        if desk.session is not None:
            self._opened()

    def _forget(self) -> None:
        self._jobs: list[asyncio.Task[None]] = []
        self._check: asyncio.Task[None] | None = None
        self._drafting: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._ground: Ground | None = None
        self._asked = Choices()
        self._tried = WhatIf()
        self._looked_ns = 0
        self.facts = Facts()
        self.changed: tuple[str, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing is looked at, mended or written."""
        return all(job.done() for job in self._jobs)

    # --- Looking ---

    def _seen(self) -> None:
        """Look, unless that was done before."""
        if self._looked_ns == 0:
            self.look()

    def look(self) -> None:
        """Look at everything anew."""
        session = self._desk.session
        if session is None:
            return
        self.cancel(told=False)
        if self._watch is None:
            self._watch = self._desk.do(self._mind(repository_of(session.project.root)))
        self._check = self._do(self._look(session))
        self._checker.look_again()
        self.page.show_changed(())
        self.page.show_running(Step.PREFLIGHT)

    def cancel(self, *, told: bool = True) -> None:
        """Break off what is being looked at; what was known stays."""
        running = self._check is not None and not self._check.done()
        if self._check is not None:
            self._check.cancel()
        if running and told:
            self.page.show_running(None)
            self.page.show_changed(self.changed, cancelled=True)

    async def _look(self, session: Session) -> None:
        self._looked_ns = time.time_ns()
        self.changed = ()
        show = self.page.show_running
        try:
            ground = await read_ground(session, self._desk.environ)
        except FleetError as error:
            known = self.facts
            self._take_facts(Facts(error, error, error, error, known.fixed, known.checklist))
            show(None)
            return
        self._ground = ground
        told = partial(self._told, show)
        flight = await _tried(run_preflight(ground, told))
        self._take_facts(replace(self.facts, preflight=flight))
        show(Step.BLUEPRINT)
        await self._draft(ground)
        show(Step.ENVIRONMENT)
        environment = await _tried(read_environment(ground))
        self._take_facts(replace(self.facts, environment=environment))
        show(None)

    def _told(self, show: Callable[..., None], done: int, of: int) -> None:
        show(Step.PREFLIGHT, (done, of))

    async def _draft(self, ground: Ground) -> None:
        """Make the Blueprint until it is of what is chosen by then."""
        while True:
            asked = self._asked
            draft = await _tried(make_draft(ground, self._desk.environ, asked))
            if asked == self._asked:
                break
        self._take_facts(replace(self.facts, draft=draft))
        self._size()

    def _size(self) -> None:
        draft = self.facts.draft
        known = draft if isinstance(draft, Draft) else None
        measured = None if self._ground is None else self._ground.measured
        try:
            size = size_of(measured, known, self._tried)
        except FleetError as error:
            size = error
        self._take_facts(replace(self.facts, size=size))

    def _take_facts(self, facts: Facts) -> None:
        self.facts = facts
        ground = self._ground
        kept = (ground and ground.project.settings.render) or Choices()
        measured = None if ground is None else ground.measured
        self.page.show_facts(facts, self._asked, kept, measured, self._tried)

    def _way(self) -> OnRender | None:
        return self.render.remote.there

    def _checked(self, checked: Checked | FleetError) -> None:
        self._take_facts(replace(self.facts, checklist=checked))

    async def _mind(self, top: Path) -> None:
        """Say so when files change after they were looked at."""
        async with aclosing(changes_below(top)) as bursts:
            async for files in bursts:
                newer = await asyncio.to_thread(younger, files, self._looked_ns)
                names = [file.relative_to(top).as_posix() for file in newer]
                shown = ["a commit" if name.startswith(".git/") else name for name in names]
                self.changed = tuple(dict.fromkeys((*self.changed, *shown)))
                if newer:
                    self.page.show_changed(self.changed)

    # --- Choosing and writing ---

    def _choose(self, choices: Choices) -> None:
        self._asked = choices.over(self._asked)
        self._redraft()

    def _take(self, tried: WhatIf) -> None:
        """What was tried out goes into the Blueprint."""
        self._tried = WhatIf()
        self._choose(
            Choices(plan=tried.plan, instances=tried.instances, concurrency=tried.concurrency)
        )
        self.page.show_step(Step.BLUEPRINT)

    def _try(self, tried: WhatIf) -> None:
        self._tried = tried
        self._size()

    def _redraft(self) -> None:
        if self._ground is not None and (self._drafting is None or self._drafting.done()):
            self._drafting = self._do(self._draft(self._ground))

    def _write(self) -> None:
        if isinstance(self.facts.draft, Draft):
            self._do(self._write_out(self.facts.draft))

    async def _write_out(self, draft: Draft) -> None:
        try:
            await asyncio.to_thread(write_draft, draft)
        except FleetError as error:
            self.page.diff.show_draft(draft, error)
            return
        self._asked = Choices()  # they are in the project's settings now
        self.look()

    def _mended(self, facts: Facts) -> None:
        self._take_facts(facts)
        self.look()

    # --- Places ---

    def _go(self, file: str, line: int) -> None:
        """Files of preflight and blueprint are below the top of the repository."""
        if self._ground is not None:
            top = repository_of(self._ground.project.root)
            self.place_clicked.emit(str(top / file), line)

    def _go_variable(self, file: str, line: int) -> None:
        if self._ground is not None:
            self.place_clicked.emit(str(self._ground.project.root / file), line)

    def _open_blueprint(self) -> None:
        if isinstance(self.facts.draft, Draft):
            self.place_clicked.emit(str(self.facts.draft.file), 1)

    # --- The project ---

    def _do(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[None]:
        self._jobs = [job for job in self._jobs if not job.done()]
        job = self._desk.do(work)
        self._jobs.append(job)
        return job

    def _opened(self) -> None:
        session = self._desk.session
        assert session is not None
        self.page.show_project(session.project.root.name)
        self._take_facts(Facts())
        if self.page.isVisible():
            self._seen()

    def _closed(self) -> None:
        for job in (*self._jobs, self._watch):
            if job is not None:
                job.cancel()
        self._forget()
        self._mender.forget()
        self._checker.forget()
        self.page.show_running(None)
        self.page.show_changed(())


async def _tried(work: Coroutine[Any, Any, T]) -> T | FleetError:
    """What it gives, or the error that it ends with."""
    try:
        return await work
    except FleetError as error:
        return error

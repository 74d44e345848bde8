"""Verifies what was deployed, when that is agreed to, and keeps the last report."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.errors import FleetError
from core.render.api.answers import Service
from core.render.api.matching import match
from core.render.blueprint.running import files_below
from core.render.blueprint.services import Role
from core.render.checklist.proof import Proof, recall, remember
from core.render.there import OnRender, blueprint_of
from core.render.verifying.errand import PATIENCE_S, TASK
from core.render.verifying.production import Production, find_production
from core.render.verifying.report import Doing, Finding
from core.render.verifying.sites import health_paths
from core.render.verifying.verification import Deployed, verify
from core.session import Session
from core.workers.nearby import Nearby, nearby_workers
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.proof_card import ProofCard
from desktop.render.question import Ask, Asker
from desktop.render.words import target


class Prover(QObject):
    """`changed` comes when `proof` is another one, or `running`; `proved` when a report is new.

    `there` gives the project on Render; `nearby` the workers among this machine's processes.
    """

    changed = Signal()
    proved = Signal()

    def __init__(
        self,
        desk: Desk,
        card: ProofCard,
        asker: Asker,
        there: Callable[[], OnRender | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.nearby: Callable[[], Sequence[Nearby]] = nearby_workers
        self.proof: Proof | None = None
        self.running = False
        self._desk = desk
        self._card = card
        self._asker = asker
        self._there = there
        self._errands = Errands(desk)
        card.verify.connect(self._verify)
        card.cancelled.connect(self._cancel)
        desk.closed.connect(self._closed)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked, sent or read."""
        return self._errands.idle

    def look(self) -> None:
        """Show the last report, unless one is known here."""
        if (session := self._desk.session) is not None and self.proof is None and self.idle:
            self._errands.do(self._look(session.project.name))

    async def _look(self, project: str) -> None:
        proof = await asyncio.to_thread(recall, project)
        if not self.running:
            self._take(proof)
            self._card.show_proof(proof, None)

    def _verify(self) -> None:
        there, session = self._there(), self._desk.session
        if there is not None and session is not None and not self.running:
            self._errands.do(self._ask_and_verify(there, session))

    async def _ask_and_verify(self, there: OnRender, session: Session) -> None:
        self._set_running(True)
        try:
            self._card.show_doing("asking Render where production's broker is")
            deployed = await _deployed(there, session)
            production = await self._production(there, deployed)
            if isinstance(production, FleetError) or await self._asker.agreed(
                _question(there, deployed, production)
            ):
                self._card.begin()
                await self._go(there, session, deployed, production)
            else:
                self._card.show_proof(self.proof, None)
        except FleetError as error:
            self._card.show_proof(self.proof, None)
            self._card.show_error(error)
        finally:
            self._card.show_doing(None)
            self._set_running(False)

    async def _production(self, there: OnRender, deployed: Deployed) -> Production | FleetError:
        """Where the task would go, or why that is not known: then none is sent."""
        try:
            return await find_production(
                deployed.project, there.api, there.owner, _worker(deployed), self._desk.environ
            )
        except FleetError as error:
            return error

    async def _go(
        self,
        there: OnRender,
        session: Session,
        deployed: Deployed,
        production: Production | FleetError,
    ) -> None:
        report = await verify(
            deployed,
            there.api,
            session.containment,
            self._desk.environ,
            self._hear,
            nearby=partial(self._nearby, session),
            production=production,
        )
        proof = Proof(datetime.now(UTC), report.commit, report.findings)
        await asyncio.to_thread(remember, session.project.name, report, proof.at)
        self._take(proof)
        self._card.show_proof(proof, report.errand)
        self.proved.emit()

    def _nearby(self, session: Session) -> Sequence[Nearby]:
        """Without the workers that the built-in broker has for certain. Blocks."""
        near = self.nearby()
        if session.builtin is None:
            return near
        return [each for each in near if each.project != session.project.name]

    def _hear(self, news: Doing | Finding) -> None:
        match news:
            case Doing(text):
                self._card.show_doing(text)
            case Finding():
                self._card.add(news)

    def _cancel(self) -> None:
        self._errands.cancel()
        self._card.show_proof(self.proof, None)

    def _set_running(self, running: bool) -> None:
        self.running = running
        self.changed.emit()

    def _take(self, proof: Proof | None) -> None:
        self.proof = proof
        self.changed.emit()

    def _closed(self) -> None:
        self._errands.cancel()
        self._card.show_error(None)
        self._card.show_proof(None, None)
        self._take(None)


async def _deployed(there: OnRender, session: Session) -> Deployed:
    """The services as they are now. Raises FleetError."""
    document = await asyncio.to_thread(blueprint_of, session.project.root)
    services = await there.api.services(owner=there.owner.id)
    files = files_below(document.file.parent)
    matches = await asyncio.to_thread(match, document, services, files)
    return Deployed(session.project, there.owner, matches, health_paths(document))


def _worker(deployed: Deployed) -> Service | None:
    workers = (each.service for each in deployed.matches if each.role is Role.WORKER)
    return next((each for each in workers if each is not None), None)


def _question(there: OnRender, deployed: Deployed, production: Production) -> Ask:
    """Names where the task goes, and who is to run it."""
    hosts = " and ".join(production.hosts) or "an address that only the app knows"
    worker = _worker(deployed)
    runs = (
        "no worker of render.yaml is there" if worker is None else target(worker, there.owner.name)
    )
    return Ask(
        f"Send one harmless task through production's broker at {hosts}?",
        "Send it",
        (
            ("Broker", f"{hosts}, known from {production.source}"),
            ("Service", runs),
            ("Task", f"{TASK}, which gives back what it gets"),
        ),
        note="The workers there tell of their tasks until it has ended. It is thrown away when"
        f" nobody has begun it in {PATIENCE_S:g} s, and it is not sent while a worker of this"
        " machine could take it.",
        icon_name="send",
    )

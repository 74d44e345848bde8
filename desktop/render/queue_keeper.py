"""Keeps a worker on Render up with its queues, from the click on Start to the one on Stop."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from core.bridge.calls import Calls
from core.errors import FleetError
from core.render.api.answers import Service
from core.render.remote.keeping_up import (
    EVERY_S,
    Looked,
    autoscale_action,
    keep_up,
    scalable,
)
from core.render.remote.loads import queues_of, queues_to_follow, read_load
from core.render.remote.production_calls import production_calls
from core.render.there import OnRender
from core.render.verifying.production import Production, find_production
from core.session import Session
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.question import Ask, Asker
from desktop.render.queue_card import KeepUp, QueueCard
from desktop.render.queue_words import rule_words
from desktop.widgets.error_card import sentence

WORKER = "background_worker"


class QueueKeeper(QObject):
    """`scaled` comes when Render was asked for another number; `there` gives the project there.

    `changed` comes when `service` or `fault` is another one: the service that is kept up, None
    while none is, and why the last one no longer is. `every_s` is the time between rounds.
    """

    scaled = Signal()
    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        card: QueueCard,
        asker: Asker,
        there: Callable[[], OnRender | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.every_s = EVERY_S
        self.service: Service | None = None
        self.fault: FleetError | None = None
        self._desk = desk
        self._card = card
        self._asker = asker
        self._there = there
        self._errands = Errands(desk)
        self._shown: Service | None = None
        self._following: KeepUp | None = None
        card.start.connect(self._start)
        card.stop.connect(self._stop)
        desk.closed.connect(self._closed)

    def show_service(self, service: Service | None) -> None:
        """The one that the page is about; what runs for another one ends."""
        self._shown = service
        self._card.setVisible(service is not None and service.type == WORKER)
        if service is not None and self.service is not None and service.id != self.service.id:
            self.leave("another service was chosen")

    def leave(self, why: str) -> None:
        """End what runs, because of this."""
        if self.service is None:
            return
        self._errands.cancel()
        name = self.service.name
        self._end(f"Stopped at {_now()}: {why}. {name} keeps the instances that it has.")

    def _start(self, wish: KeepUp) -> None:
        there, session, service = self._there(), self._desk.session, self._shown
        if there is None or session is None or service is None or self.service is not None:
            return
        self.service, self.fault, self._following = service, None, wish
        self._card.show_begun()
        self.changed.emit()
        self._errands.do(self._keep(there, session, service, wish))

    async def _keep(
        self, there: OnRender, session: Session, service: Service, wish: KeepUp
    ) -> None:
        words, fault = "", None
        try:
            scalable(service)
            self._card.show_said("Asking Render where production's broker is …")
            production = await find_production(
                session.project, there.api, there.owner, service, self._desk.environ
            )
            self._card.show_said("Importing the app, led to production's broker …")
            async with production_calls(
                session.project, session.containment, self._desk.environ, production
            ) as calls:
                await self._follow(there, service, wish, production, calls)
            words = "Not started."
        except FleetError as error:
            words, fault = f"Stopped at {_now()}.", error
        finally:
            if self._following is wish:  # and nobody has ended it meanwhile
                self._end(words, fault)

    async def _follow(
        self,
        there: OnRender,
        service: Service,
        wish: KeepUp,
        production: Production,
        calls: Calls,
    ) -> None:
        """All rounds; returns only where a person does not agree. Raises FleetError."""
        names = await queues_to_follow(calls, queues_of(service))
        queues, broker = ", ".join(names), await calls.broker_url()
        action = autoscale_action(service, there.owner.name, wish.rule, queues, broker)
        if wish.apply and not await self._asker.agreed(_question(action, wish, production)):
            return
        runs = "Scales" if wish.apply else "Dry run"
        self._card.show_said(
            f"{runs} since {_now()}, by {queues} of the broker that {production.source} names."
        )
        rounds = keep_up(
            there.api,
            service,
            lambda: read_load(calls, names),
            wish.rule,
            apply=wish.apply,
            every_s=self.every_s,
        )
        try:
            async with aclosing(rounds):
                async for news in rounds:
                    self._card.add(datetime.now(), news, apply=wish.apply)
                    if wish.apply and isinstance(news, Looked) and news.decision.instances:
                        self.scaled.emit()
        except FleetError as error:
            if wish.apply:  # whoever looks at another page wants to know as well
                self._desk.failed.emit(error)
            raise

    def _end(self, words: str, fault: FleetError | None = None) -> None:
        self.service, self.fault, self._following = None, fault, None
        self._card.show_ended(words, fault)
        self.changed.emit()

    def _stop(self) -> None:
        self.leave("you stopped it")

    def _closed(self) -> None:
        self._errands.cancel()
        self._end("")
        self._card.show_nothing()


def _now() -> str:
    return f"{datetime.now():%H:%M}"


def _question(action: str, wish: KeepUp, production: Production) -> Ask:
    return Ask(
        f"{sentence(action)}?",
        "Start",
        (
            ("Broker", f"known from {production.source}"),
            ("Rule", rule_words(wish.rule)),
        ),
        note="It works only while Solofleet is open with this project. When it stops, the service"
        " keeps the instances that it has then.",
        icon_name="play",
    )

"""Looks after the services that run on Render: what they use, what happened, how many there are."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import FleetError
from core.render.api.answers import Autoscaling, Service
from core.render.plans import known_plans
from core.render.remote.change import Change
from core.render.remote.gauges import read_gauges
from core.render.remote.kills import Kills, explain_kills
from core.render.remote.power import restart, resume, suspend
from core.render.remote.resizing import Capacity, resize
from core.render.remote.scaling import autoscale, autoscaled, scale, stop_autoscaling
from core.render.sizing.measured import Measured
from core.render.sizing.record import recall
from core.render.there import OnRender
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.log_feed import LogFeed
from desktop.render.question import Ask, Asker
from desktop.render.queue_keeper import QueueKeeper
from desktop.render.running_page import RunningPage
from desktop.widgets.error_card import sentence

EVERY_MS: Final = 60_000
"""Metrics of Render are not newer than that."""
POWERS: Final = {"restart": restart, "suspend": suspend, "resume": resume}


class Watchman(QObject):
    """`changed` comes when something was changed on Render; `there` gives the project there."""

    changed = Signal()
    looked = Signal()

    def __init__(
        self,
        desk: Desk,
        page: RunningPage,
        asker: Asker,
        feed: LogFeed,
        there: Callable[[], OnRender | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._asker = asker
        self._feed = feed
        self._there = there
        self._errands = Errands(desk)
        self.keeper = QueueKeeper(desk, page.queues, asker, there, self)
        self.keeper.scaled.connect(self.changed)
        self._wanted = ""
        self.service: Service | None = None
        self.killed: Kills | None = None
        self._measured: Measured | None = None
        page.chosen.connect(self._choose)
        page.again.connect(self.changed)
        page.scale.connect(self._scale)
        page.capacity.connect(self._resize)
        page.power.connect(self._power)
        page.autoscale.connect(self._autoscale)
        feed.changed.connect(self._show)
        desk.closed.connect(self._closed)
        self._again = QTimer(self, interval=EVERY_MS)
        self._again.timeout.connect(self._look_if_seen)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked."""
        return self._errands.idle

    def look(self) -> None:
        """Read all of the chosen service anew, and every minute while it is seen."""
        there = self._there()
        services = () if there is None else there.there()
        fits = [each for each in services if each.id == self._wanted]
        workers = [each for each in services if each.type == "background_worker"]
        self.service = next(iter((*fits, *workers, *services)), None)
        self._show()
        if there is not None and self.service is not None and self.idle:
            self._again.start()
            self._errands.do(self._look(there, self.service))

    def leave(self) -> None:
        """Ask no more: the way to Render closes."""
        self._errands.cancel()
        self._page.show_busy(False)
        self.keeper.leave("the way to Render was closed")

    def _look_if_seen(self) -> None:
        if self._page.isVisible():
            self.look()

    async def _look(self, there: OnRender, service: Service) -> None:
        self._page.show_busy(True)
        session = self._desk.session
        assert session is not None, "it is closed with its errands"
        self._measured = await asyncio.to_thread(recall, session.project.name)
        self._show()
        try:
            events = await there.api.events(service)
            self._page.show_events(events)
            self.killed = explain_kills(service, events, self._measured, known_plans())
            self._page.killed.show_kills(self.killed)
            self._page.show_gauges(
                await read_gauges(there.api, service, there.api.caller.clock.now())
            )
            self._page.show_error(None)
        except FleetError as error:
            self._page.show_error(error)
        self._page.show_busy(False)
        self.looked.emit()

    # --- Changing ---

    def _choose(self, id: str) -> None:
        self._wanted = id
        self._errands.cancel()
        self._page.show_gauges(None)
        self._page.show_events(())
        self._page.killed.show_kills(None)
        self.look()

    def _scale(self, instances: int) -> None:
        self._offer(lambda service, owner: scale(service, owner, instances), "Scale")

    def _resize(self, wanted: Capacity) -> None:
        measured = self._measured
        self._offer(lambda service, owner: resize(service, owner, wanted, measured), "Change")

    def _power(self, name: str) -> None:
        self._offer(POWERS[name], name.capitalize(), grave=name == "suspend")

    def _autoscale(self, wanted: Autoscaling | None) -> None:
        if wanted is None:
            self._offer(stop_autoscaling, "Stop autoscaling", grave=True)
        else:
            self._offer(lambda service, owner: _scaling(service, owner, wanted), "Let Render scale")

    def _offer(
        self, make: Callable[[Service, str], Change], verb: str, *, grave: bool = False
    ) -> None:
        there, service = self._there(), self.service
        if there is None or service is None:
            return
        try:
            change = make(service, there.owner.name)
        except FleetError as error:
            self._page.show_error(error)
        else:
            self._errands.cancel()  # what is only read
            self._errands.do(self._ask_and_send(there, change, verb, grave=grave))

    async def _ask_and_send(
        self, there: OnRender, change: Change, verb: str, *, grave: bool
    ) -> None:
        self._page.show_busy(False)
        ask = Ask(f"{sentence(change.action)}?", verb, note=change.note, grave=grave)
        if not await self._asker.agreed(ask):
            return
        try:
            await change.send(there.api)
        except FleetError as error:
            self._page.show_error(error)
        else:
            self._page.show_error(None)
            self.keeper.leave("the service was changed")
            self.changed.emit()

    def _show(self) -> None:
        self.keeper.show_service(self.service)
        there = self._there()
        services = () if there is None else there.there()
        self._page.show_service(self.service, services, self._measured, on=self._feed.on)

    def _closed(self) -> None:
        self._errands.cancel()
        self._again.stop()
        self._wanted, self.service, self.killed, self._measured = "", None, None, None
        self._show()


def _scaling(service: Service, owner: str, wanted: Autoscaling) -> Change:
    checked = autoscaled(
        replace(service, autoscaling=None),
        least=wanted.least,
        most=wanted.most,
        cpu=wanted.cpu,
        memory=wanted.memory,
    )
    return autoscale(service, owner, checked)

"""Looks which deploys there are, follows those under way to their ends, and shows all of them."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Final, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import FleetError
from core.logs.level import Level
from core.logs.redact import Redactor
from core.logs.store import LogStore
from core.render.api.answers import Deploy, Service
from core.render.api.client import RenderApi
from core.render.api.ended import why_ended
from core.render.api.event import Failure
from core.render.api.following import DeployChanged, Happened, News, Printed, Trouble, follow
from core.render.api.passage import Passage
from core.render.api.retelling import Retelling, say, tell_event
from core.render.there import OnRender
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.ship_page import ShipPage
from desktop.render.watched import Watched

TICK_MS: Final = 1000
SHOWN: Final = 10
"""Deploys of a service that are listed."""


class Follower(QObject):
    """`changed` comes when `watched` is another one, or older; `now` gives monotonic seconds.

    `watched` and `stores`, with what deploys print, are by the ids of services.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, page: ShipPage, now: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._now = now
        self._looks = Errands(desk)
        self._follows = Errands(desk)
        self.watched: dict[str, Watched] = {}
        self.stores: dict[str, LogStore] = {}
        self._failures: dict[str, Failure] = {}
        page.deploy.chosen.connect(self._show)
        desk.closed.connect(self._closed)
        self._ticking = QTimer(self, interval=TICK_MS)
        self._ticking.timeout.connect(self._tick)

    @property
    def looking(self) -> bool:
        """Whether Render is asked which deploys there are."""
        return not self._looks.idle

    def look(self, there: OnRender | None) -> None:
        """Ask for the deploys of all services; None: nothing is known any more."""
        if there is None:
            self._looks.cancel()
            self._follows.cancel()
            self.watched = {}
            self._show()
        elif not self.looking:
            self._looks.do(self._look(there))

    async def _look(self, there: OnRender) -> None:
        services = there.there()
        ids = [service.id for service in services]
        self.watched = {id: each for id, each in self.watched.items() if id in ids}
        for service in services:
            before = self.watched.get(service.id, Watched(service))
            try:
                deploys = await there.api.deploys(service, most=SHOWN)
            except FleetError as error:
                self._set(replace(before, service=service, fault=error))
                continue
            before = self.watched.get(service.id, before)
            self._set(_known(before, service, deploys))
            newest = deploys[0] if deploys else None
            if newest is not None and not newest.ended and not before.following:
                self.follow(there.api, service, newest)

    def show_fault(self, service: Service, error: FleetError) -> None:
        """Something that was asked for this service was not done."""
        self._set(replace(self.watched.get(service.id, Watched(service)), fault=error))

    def say(self, service: Service, text: str) -> None:
        """A line of our own in the log of its deploy."""
        self._print(service, say(None, text))

    # --- Following ---

    def follow(self, api: RenderApi, service: Service, deploy: Deploy) -> None:
        """Show this deploy of a service from now on, to its end."""
        store = self.stores[service.id] = LogStore()
        self._failures.pop(service.id, None)
        self._page.deploy.show_log(service.id, store)
        before = self.watched.get(service.id, Watched(service))
        begun = replace(
            before,
            deploy=deploy,
            deploys=_with(deploy, before.deploys),
            passage=Passage().seen(deploy, self._now()),
            following=True,
            trouble="",
            fault=None,
        )
        self._set(begun)
        self.say(service, f"{deploy.id}, commit {deploy.commit[:7]}")
        self._follows.do(self._watch(api, service, deploy))

    async def _watch(self, api: RenderApi, service: Service, deploy: Deploy) -> None:
        retelling, redact = Retelling(), Redactor.of(self._desk.environ)
        try:
            async with aclosing(follow(api, service, deploy)) as all_news:
                async for news in all_news:
                    if (watched := self._still(service, deploy)) is None:
                        return
                    self._hear(watched, news, retelling, redact)
        except FleetError as error:
            if (watched := self._still(service, deploy)) is not None:
                self._set(replace(watched, following=False, fault=error))
            return
        if (watched := self._still(service, deploy)) is not None:
            self._set(replace(watched, following=False, fault=self._why(watched)))

    def _still(self, service: Service, deploy: Deploy) -> Watched | None:
        """The service, while it is this deploy that is shown of it."""
        watched = self.watched.get(service.id)
        shown = None if watched is None else watched.deploy
        return watched if shown is not None and shown.id == deploy.id else None

    def _why(self, watched: Watched) -> FleetError | None:
        assert watched.deploy is not None, "it was followed"
        store = self.stores[watched.service.id]
        lines = store.slice(store.first, store.end)
        failure = self._failures.get(watched.service.id)
        return why_ended(watched.service, watched.deploy, lines, failure)

    def _hear(self, watched: Watched, news: News, retelling: Retelling, redact: Redactor) -> None:
        service = watched.service
        match news:
            case DeployChanged(deploy):
                passage = watched.passage.seen(deploy, self._now())
                deploys = _with(deploy, watched.deploys)
                changed = replace(watched, deploy=deploy, deploys=deploys, passage=passage)
                self._set(replace(changed, trouble=""))
            case Happened(event):
                if event.failure is not None:
                    self._failures[service.id] = event.failure
                self._print(service, tell_event(event))
            case Printed(line):
                self._print(service, redact(retelling.tell(line)))
            case Trouble(text):
                self._print(service, say(None, text, Level.WARNING))
                self._set(replace(watched, trouble=text))
            case _:
                assert_never(news)

    def _print(self, service: Service, block: bytes) -> None:
        if (store := self.stores.get(service.id)) is not None:
            store.append(block)
            self._page.deploy.grew(service.id)

    # --- Showing ---

    def _set(self, watched: Watched) -> None:
        self.watched[watched.service.id] = watched
        self._show()

    def _show(self) -> None:
        if any(each.following for each in self.watched.values()):
            self._ticking.start()
        else:
            self._ticking.stop()
        self._tick()
        current = self.watched.get(self._page.deploy.current)
        name, deploys = ("", ()) if current is None else (current.service.name, current.deploys)
        self._page.history.show_deploys(name, deploys)

    def _tick(self) -> None:
        self._page.deploy.show_watched(tuple(self.watched.values()), self._now())
        self.changed.emit()

    def _closed(self) -> None:
        self.look(None)
        self.stores, self._failures = {}, {}
        self._page.deploy.forget()


def _known(before: Watched, service: Service, deploys: Sequence[Deploy]) -> Watched:
    """With its deploys as they are now; what is followed stays what is shown."""
    if before.following:
        return replace(before, service=service, deploys=tuple(deploys))
    newest = deploys[0] if deploys else None
    same = newest is not None and before.deploy is not None and newest.id == before.deploy.id
    if same:
        return replace(before, service=service, deploys=tuple(deploys), deploy=newest)
    return Watched(service, tuple(deploys), newest)


def _with(deploy: Deploy, deploys: Sequence[Deploy]) -> tuple[Deploy, ...]:
    return (deploy, *(each for each in deploys if each.id != deploy.id))

"""What changes deploys on Render, each asked for first: start, break off, go back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from core.errors import FleetError
from core.render.api.answers import Deploy, Service
from core.render.api.deploying import start_deploy
from core.render.there import OnRender
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.follower import Follower
from desktop.render.question import Ask, Asker
from desktop.render.ship_page import ShipPage
from desktop.render.words import target, when


class Deploys(QObject):
    """`there` gives the project on Render; what is begun goes to the `follower`."""

    def __init__(
        self,
        desk: Desk,
        page: ShipPage,
        asker: Asker,
        follower: Follower,
        there: Callable[[], OnRender | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._asker = asker
        self._follower = follower
        self._there = there
        self._errands = Errands(desk)
        page.deploy.deploy_all.connect(self._deploy_all)
        page.deploy.deploy_one.connect(self._deploy_one)
        page.deploy.cancel.connect(self._cancel)
        page.history.roll_back.connect(self._roll_back)
        desk.closed.connect(self._errands.cancel)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked."""
        return self._errands.idle

    def _deploy_all(self) -> None:
        watched = self._follower.watched.values()
        self._begin([each.service for each in watched if not each.under_way])

    def _deploy_one(self, id: str) -> None:
        self._begin([self._follower.watched[id].service])

    def _begin(self, services: Sequence[Service]) -> None:
        there = self._there()
        if there is not None and services and self.idle:
            self._errands.do(self._start_all(there, services))

    async def _start_all(self, there: OnRender, services: Sequence[Service]) -> None:
        """Ask for all of them at once, then start one after the other."""
        names = " and ".join(each.name for each in services)
        rows = [(each.name, f"{each.id}, the head of {each.branch}") for each in services]
        ask = Ask(
            f"Deploy {names} in the workspace {there.owner.name}?",
            "Deploy",
            tuple(rows),
            note="Render builds what is pushed. The old processes work until the new ones are up.",
            icon_name="deploy",
        )
        if await self._asker.agreed(ask):
            for service in services:
                await self._guard(service, self._start(there, service))

    async def _start(self, there: OnRender, service: Service) -> None:
        deploy = await start_deploy(
            there.api, service, lambda text: self._follower.say(service, text)
        )
        self._follower.follow(there.api, service, deploy)

    def _cancel(self, id: str) -> None:
        there, watched = self._there(), self._follower.watched[id]
        if there is not None and watched.deploy is not None and self.idle:
            self._errands.do(self._break_off(there, watched.service, watched.deploy))

    async def _break_off(self, there: OnRender, service: Service, deploy: Deploy) -> None:
        ask = Ask(
            f"Cancel the deploy of {target(service, there.owner.name)}?",
            "Cancel deploy",
            (("Deploy", deploy.id), ("Commit", deploy.commit[:7])),
            note="What is live now stays live.",
            icon_name="close",
            grave=True,
        )
        if await self._asker.agreed(ask):
            await self._guard(service, there.api.cancel_deploy(service, deploy.id))

    def _roll_back(self, deploy_id: str) -> None:
        there = self._there()
        watched = self._follower.watched.get(self._page.deploy.current)
        if there is not None and watched is not None and self.idle:
            old = next(each for each in watched.deploys if each.id == deploy_id)
            self._errands.do(self._go_back(there, watched.service, old))

    async def _go_back(self, there: OnRender, service: Service, old: Deploy) -> None:
        by_itself = service.trigger != "off"
        ask = Ask(
            f"Deploy an earlier commit again to {target(service, there.owner.name)}?",
            "Roll back",
            (("Deploy", old.id), ("Commit", f"{old.commit[:7]}, {when(old.created_at)}")),
            note="It still deploys by itself: the next push goes live." if by_itself else "",
            icon_name="history",
        )
        if await self._asker.agreed(ask):
            await self._guard(service, self._start_back(there, service, old))

    async def _start_back(self, there: OnRender, service: Service, old: Deploy) -> None:
        deploy = await there.api.roll_back(service, old.id)
        self._follower.follow(there.api, service, deploy)

    async def _guard(self, service: Service, work: Awaitable[Any]) -> None:
        """An error is told beside the service that it is about."""
        try:
            await work
        except FleetError as error:
            self._follower.show_fault(service, error)

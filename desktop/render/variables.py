"""Variables on Render: read, compared with `.env`, and chosen ones set, one key at a time."""

import asyncio
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from core.errors import FleetError
from core.project.opening import Project
from core.render.api.answers import EnvGroup, Service
from core.render.api.holder import Holder, choose_holder
from core.render.there import OnRender
from core.render.variables.contract import State
from core.render.variables.digests import Digests
from core.render.variables.drift import drift
from core.render.variables.looking import look
from core.render.variables.pushing import Outgoing, outgoing
from desktop.desk import Desk
from desktop.render.errands import Errands
from desktop.render.question import Ask, Asker
from desktop.render.variables_card import IDLE, VariablesCard
from desktop.render.words import counted


class Variables(QObject):
    """`there` gives the project on Render."""

    def __init__(
        self,
        desk: Desk,
        card: VariablesCard,
        asker: Asker,
        there: Callable[[], OnRender | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card = card
        self._asker = asker
        self._there = there
        self._errands = Errands(desk)
        self._wanted = ""
        self._holder: Holder | None = None
        self._kept: dict[str, str] = {}
        self._digests = Digests()
        card.holder_chosen.connect(self._choose)
        card.send.connect(self._send)
        desk.closed.connect(self._closed)

    @property
    def idle(self) -> bool:
        """Whether nothing is asked or set."""
        return self._errands.idle

    def look(self) -> None:
        """Read and compare anew, where Render can be asked."""
        there, session = self._there(), self._desk.session
        if there is not None and session is not None and self.idle:
            self._errands.do(self._look(there, session.project))

    def _choose(self, id: str) -> None:
        self._wanted = id
        self.look()

    async def _look(self, there: OnRender, project: Project, said: str = "") -> None:
        self._card.show_busy(True)
        try:
            await self._read(there, project)
        except FleetError as error:
            self._card.show_error(error)
        else:
            self._card.show_error(None)
            self._card.show_state(said)
        self._card.show_busy(False)

    async def _read(self, there: OnRender, project: Project) -> None:
        services = there.there()
        ids = {service.id for service in services}
        groups = await there.api.env_groups(there.owner.id)
        linked = [group for group in groups if ids.intersection(group.services)]
        holders = [Holder(each) for each in (*linked, *services)]
        chosen = next((each for each in holders if each.of.id == self._wanted), None)
        holder = chosen or choose_holder(groups, services, None if linked else _first(services))
        kept = await holder.read(there.api)
        digests = self._digests
        self._kept = {each.key: digests.of(each.value.reveal()) for each in kept}
        self._holder = holder
        picture = await asyncio.to_thread(look, project, self._kept)
        found = await asyncio.to_thread(drift, picture, self._kept, digests, holder.of.name)
        names = [(each.of.id, _name(each)) for each in holders]
        self._card.show_drift(names, holder.of.id, found)

    # --- Setting ---

    def _send(self, names: Sequence[str]) -> None:
        there, session, holder = self._there(), self._desk.session, self._holder
        if there is not None and session is not None and holder is not None and self.idle:
            self._errands.do(self._ask_and_send(there, session.project, holder, names))

    async def _ask_and_send(
        self, there: OnRender, project: Project, holder: Holder, names: Sequence[str]
    ) -> None:
        try:
            picture = await asyncio.to_thread(look, project, self._kept)
            found = outgoing(picture, names, self._kept, self._digests, holder.of.name)
        except FleetError as error:
            self._card.show_error(error)
            return
        sending = [each for each in found if each.state is not State.EQUAL]
        ask = Ask(
            f"Set {counted(len(sending), 'variable')} in {holder}?",
            "Set them",
            (
                ("Names", ", ".join(each.name for each in sending)),
                ("Workspace", there.owner.name),
            ),
            note="Sent one at a time, as .env has them; all others there stay. They hold from the"
            " next deploy on.",
            icon_name="send",
        )
        if sending and await self._asker.agreed(ask):
            await self._set(there, project, holder, sending)

    async def _set(
        self, there: OnRender, project: Project, holder: Holder, sending: Sequence[Outgoing]
    ) -> None:
        done: list[str] = []
        self._card.show_busy(True)
        for each in sending:
            self._card.show_state(f"setting {each.name}, {len(done) + 1} of {len(sending)}")
            try:
                await holder.put(there.api, each.name, each.value)
            except FleetError as error:
                error.fix += f" Set by now: {', '.join(done) or 'nothing'}."
                self._card.show_busy(False)
                self._card.show_state("")
                self._card.show_error(error)
                return
            done.append(each.name)
        said = f"Set in {holder}: {', '.join(done)}. They hold from the next deploy on."
        await self._look(there, project, said)

    def _closed(self) -> None:
        self._errands.cancel()
        self._wanted, self._holder, self._kept = "", None, {}
        self._digests = Digests()
        self._card.show_drift((), "", ())
        self._card.show_error(None)
        self._card.show_state(IDLE)


def _first(services: Sequence[Service]) -> str | None:
    """Without a group, the first service."""
    return services[0].name if services else None


def _name(holder: Holder) -> str:
    kind = "Group" if isinstance(holder.of, EnvGroup) else "Service"
    return f"{kind} {holder.of.name}"

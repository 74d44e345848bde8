"""The way to Render: asks with the key that is kept, or one that was typed, and stays connected."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from core.errors import USAGE, FleetError
from core.render.api.answers import Owner, Service
from core.render.api.call import Caller, base_url
from core.render.api.client import RenderApi
from core.render.api.clock import Clock
from core.render.api.key import VARIABLE, checked, find_key, forget_key, keep_key
from core.render.api.matching import match
from core.render.api.pace import Pace
from core.render.blueprint.reading import Document
from core.render.blueprint.running import files_below
from core.render.blueprint.services import services_of
from core.render.remote.workspace import WORKSPACE
from core.render.there import OnRender, blueprint_of
from core.secret import Secret
from desktop.desk import Desk
from desktop.keeping.workspace import keep_workspace, recall_workspace
from desktop.render.account import Account, Place
from desktop.render.errands import Errands


class Remote(QObject):
    """`changed` comes when `account` is another one, or `busy`; `paced` says what is waited for,
    and that the clock of this machine is off. `leaving` comes just before the way to Render closes.

    `account` is None while nobody has asked, and an error where asking has failed.
    """

    changed = Signal()
    leaving = Signal()
    paced = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._errands = Errands(desk)
        self._wanted: str | None = None
        self._api: RenderApi | None = None
        self.account: Account | FleetError | None = None
        self.busy = False
        desk.closed.connect(self._closed)

    @property
    def there(self) -> OnRender | None:
        """The project on Render, where that is known."""
        return self.account.there if isinstance(self.account, Account) else None

    def need(self) -> None:
        """Ask, unless that was done."""
        if self.account is None and not self.busy:
            self.ask()

    def ask(self) -> None:
        """Ask anew, with the key that is kept."""
        self._begin(None)

    def enter(self, text: str) -> None:
        """Ask with a key that was typed; it is kept when Render takes it."""
        try:
            key = checked(text, "the field")
        except FleetError as error:
            self._take(error)
        else:
            self._begin(key)

    def choose(self, owner: str) -> None:
        """The project is in the workspace with this id, from now on."""
        self._wanted = owner
        if (session := self._desk.session) is not None:
            self._errands.do(asyncio.to_thread(keep_workspace, session.project.name, owner))
        self.refresh()

    def refresh(self) -> None:
        """Look anew which services there are."""
        account = self.account
        if isinstance(account, Account) and self._api is not None:
            self._set_busy()
            self._errands.do(self._look(self._api, account))
        else:
            self.ask()

    def forget(self) -> None:
        """Drop the key; nothing is known any more."""
        self._leave()
        self._set_busy()
        self._errands.do(self._forget())

    async def _forget(self) -> None:
        try:
            await asyncio.to_thread(forget_key)
        except FleetError as error:
            self._take(error)
        else:
            self._take(None)
            self.ask()  # tells that there is none, or that a variable still has one

    # --- Asking ---

    def _begin(self, typed: Secret | None) -> None:
        if self._desk.session is None:
            return
        self._leave()
        self._set_busy()
        self._errands.do(self._stay(typed))

    def _leave(self) -> None:
        self.leaving.emit()
        self._errands.cancel()

    async def _stay(self, typed: Secret | None) -> None:
        """Connected, until this is cancelled."""
        try:
            environ = self._desk.environ
            base = base_url(environ)
            key = typed or await asyncio.to_thread(find_key, environ)
            say = self.paced.emit
            async with Caller(key, base, pace=Pace(say), clock=Clock(say)) as caller:
                api = RenderApi(caller)
                owners = await api.owners()
                unkept = None if typed is None else await _keep(typed)
                place = Place.VARIABLE if environ.get(VARIABLE, "").strip() else Place.KEYRING
                if typed is not None:
                    place = Place.KEYRING if unkept is None else Place.WINDOW
                self._api = api
                await self._look(api, Account(place, owners, None, None, None, unkept))
                await asyncio.Event().wait()
        except FleetError as error:
            self._take(error)
        finally:
            self._api = None

    async def _look(self, api: RenderApi, account: Account) -> None:
        session = self._desk.session
        assert session is not None
        owner, there, fault = None, None, None
        try:
            owner = await self._named(account.owners, session.project.name)
            document = await asyncio.to_thread(blueprint_of, session.project.root)
            services = await api.services(_names(document))
            owner = owner or _likely(account.owners, services)
            if owner is None:
                raise _which(account.owners)
            own = [each for each in services if each.owner == owner.id]
            files = files_below(document.file.parent)
            there = OnRender(api, owner, await asyncio.to_thread(match, document, own, files))
        except FleetError as error:
            fault = error
        self._take(replace(account, owner=owner, there=there, fault=fault))

    async def _named(self, owners: Sequence[Owner], project: str) -> Owner | None:
        """The one that was chosen here, that RENDER_WORKSPACE names, or that was chosen before."""
        if len(owners) == 1:
            return owners[0]
        said = self._desk.environ.get(WORKSPACE, "").strip()
        if self._wanted is None and said:
            return _said(owners, said)
        wanted = self._wanted or await asyncio.to_thread(recall_workspace, project)
        return next((each for each in owners if each.id == wanted), None)

    def _set_busy(self) -> None:
        self.busy = True
        self.changed.emit()

    def _take(self, account: Account | FleetError | None) -> None:
        self.account, self.busy = account, False
        self.changed.emit()

    def _closed(self) -> None:
        self._leave()
        self._wanted = None
        self._take(None)


async def _keep(key: Secret) -> FleetError | None:
    try:
        await asyncio.to_thread(keep_key, key)
    except FleetError as error:
        return error
    return None


def _names(document: Document) -> list[str]:
    names = (table.text("name") for table in services_of(document.root))
    return [name for name in names if name]


def _likely(owners: Sequence[Owner], services: Sequence[Service]) -> Owner | None:
    """The only workspace that has services of these names."""
    having = {each.owner for each in services}
    fits = [each for each in owners if each.id in having]
    return fits[0] if len(fits) == 1 else None


def _said(owners: Sequence[Owner], said: str) -> Owner:
    for each in owners:
        if said in (each.id, each.name):
            return each
    names = ", ".join(f"{each.name} ({each.id})" for each in owners)
    why = f"{WORKSPACE} is {said}, and the key sees {names}"
    fix = f"Choose the workspace above, or correct {WORKSPACE}."
    raise FleetError("the workspace is not known", why, fix, exit_code=USAGE)


def _which(owners: Sequence[Owner]) -> FleetError:
    names = ", ".join(each.name for each in owners) or "none"
    why = f"the key sees several, and not one alone has services of this project: {names}"
    fix = "Choose the workspace above."
    return FleetError("the workspace is not known", why, fix, exit_code=USAGE)

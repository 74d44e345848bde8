"""The steps of the Deploy page that reach Render: makes them, and leads what is clicked there."""

import time
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from core.errors import FleetError
from core.render.api.answers import BAD, Service
from core.render.api.key import PAGE
from core.render.pushing import Branch
from core.render.remote.kills import Kills
from desktop.deploy.page import DeployPage
from desktop.deploy.steps import Mark, Standing, Step
from desktop.desk import Desk
from desktop.render.account import Account, obstacle
from desktop.render.account_page import AccountPage, account_words
from desktop.render.committer import Committer
from desktop.render.deploys import Deploys
from desktop.render.errands import Errands
from desktop.render.follower import Follower
from desktop.render.log_feed import LogFeed
from desktop.render.looks import deploy_look
from desktop.render.proof_page import ProofPage
from desktop.render.proof_words import proof_standing
from desktop.render.prover import Prover
from desktop.render.push_card import push_words
from desktop.render.pusher import Pusher
from desktop.render.question import Ask, Asker
from desktop.render.rehearser import Rehearser
from desktop.render.remote import Remote
from desktop.render.running_page import RunningPage
from desktop.render.ship_page import ShipPage
from desktop.render.variables import Variables
from desktop.render.watched import Watched
from desktop.render.watchman import Watchman
from desktop.render.words import counted, lasted
from desktop.run.far_logs import FarLogs
from desktop.theme.theme import Theme

BLUEPRINTS: Final = "https://dashboard.render.com/blueprints"
REMOTE: Final = frozenset((Step.ACCOUNT, Step.SHIP, Step.RUNNING, Step.PROOF, Step.CHECKLIST))
"""Steps that need an answer of Render's."""


class RenderSide(QObject):
    """`open_url` opens the browser; `run_asked` is a wish to see the Run page, `page_asked`
    this one.

    `logs` gives where the logs of Render are shown.
    """

    run_asked = Signal()
    page_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        page: DeployPage,
        logs: Callable[[], FarLogs | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.open_url: Callable[[QUrl], object] = QDesktopServices.openUrl
        self.asker = Asker(theme, page.window)
        self.remote = Remote(desk, self)
        self._errands = Errands(desk)
        self.account = AccountPage(theme)
        self.ship = ShipPage(theme)
        page.add(Step.ACCOUNT, self.account)
        page.add(Step.SHIP, self.ship)
        self.pusher = Pusher(desk, self.ship.push, self.asker, self)
        self.committer = Committer(desk, self.ship.commit, self.pusher, self)
        self.follower = Follower(desk, self.ship, time.monotonic, self)
        self.deploys = Deploys(
            desk, self.ship, self.asker, self.follower, lambda: self.remote.there, self
        )
        self.variables = Variables(
            desk, page.environment.on_render, self.asker, lambda: self.remote.there, self
        )
        self.feed = LogFeed(desk, logs, self)
        self._logs_wanted = False
        self.running = RunningPage(theme)
        page.add(Step.RUNNING, self.running)
        self.watchman = Watchman(
            desk, self.running, self.asker, self.feed, lambda: self.remote.there, self
        )
        self.proof = ProofPage(theme)
        page.add(Step.PROOF, self.proof)
        self.prover = Prover(desk, self.proof.proof, self.asker, lambda: self.remote.there, self)
        self.rehearser = Rehearser(desk, self.proof.rehearsal, self)
        self._connect()
        desk.closed.connect(self._errands.cancel)
        self._show_account()

    @property
    def idle(self) -> bool:
        """Whether nothing is asked."""
        git = (self.committer, self.pusher)
        asking = (self._errands, self.deploys, self.variables, self.watchman)
        idle = all(each.idle for each in (*git, *asking, self.prover, self.rehearser))
        return idle and not self.remote.busy and not self.follower.looking

    def _connect(self) -> None:
        remote, account = self.remote, self.account
        self._page.steps.chosen.connect(self._entered)
        remote.changed.connect(self._show_account)
        remote.changed.connect(self._asked)
        remote.paced.connect(account.show_said)
        self.pusher.changed.connect(self._show_ship)
        self.follower.changed.connect(self._show_ship)
        self.ship.deploy.dashboard.connect(self._open_dashboard)
        self._page.environment.on_render.ask.connect(self._compare)
        self.watchman.changed.connect(remote.refresh)
        remote.leaving.connect(self.watchman.leave)
        self.watchman.looked.connect(self._show_running)
        self.watchman.keeper.changed.connect(self._show_running)
        self.running.logs.connect(self.turn_logs)
        self.prover.changed.connect(self._show_proof)
        account.entered.connect(remote.enter)
        account.owner_chosen.connect(remote.choose)
        account.again.connect(remote.refresh)
        account.forget.connect(self._forget)
        account.keys_page.connect(self._open_keys)
        account.blueprints_page.connect(self._open_blueprints)

    def _entered(self, step: Step) -> None:
        if step in REMOTE:
            self.remote.need()
        if step is Step.ENVIRONMENT:
            self.variables.look()
        if step is Step.SHIP:
            self.pusher.look()
            self.follower.look(self.remote.there)
        if step is Step.RUNNING:
            self.watchman.look()
        if step is Step.PROOF:
            self.prover.look()

    def _asked(self) -> None:
        """Render has answered, or not."""
        if self.remote.busy:
            return
        if self._logs_wanted:
            self._show_logs()
        way = obstacle(self.remote.account)
        self.ship.show_way(way)
        self.running.show_way(way)
        self.proof.show_way(way, known=self.remote.there is not None)
        if self._page.step is Step.RUNNING:
            self.watchman.look()
        self._show_running()
        if self._page.step is Step.ENVIRONMENT:
            self._page.environment.on_render.show_error(way)
            self.variables.look()
        self.follower.look(self.remote.there)
        self._show_ship()

    def _compare(self) -> None:
        if self.remote.there is None:
            self.remote.refresh()
        else:
            self.variables.look()

    # --- Push and deploy ---

    def _show_ship(self) -> None:
        watched, branch = tuple(self.follower.watched.values()), self.pusher.branch
        self._page.show_standing(Step.SHIP, ship_standing(watched, branch, time.monotonic()))

    def _open_dashboard(self, id: str) -> None:
        self.open_url(QUrl(self.follower.watched[id].service.dashboard))

    def _show_running(self) -> None:
        watchman = self.watchman
        told = running_standing(watchman.service, watchman.killed, watchman.keeper.fault)
        self._page.show_standing(Step.RUNNING, told)

    def _show_proof(self) -> None:
        told = proof_standing(self.prover.proof, running=self.prover.running)
        self._page.show_standing(Step.PROOF, told)

    # --- Logs ---

    def turn_logs(self) -> None:
        """Show the logs of Render on the Run page, or no more; Render is asked first if need be."""
        if self.feed.on:
            self.feed.stop()
        else:
            self._logs_wanted = True
            self._show_logs()

    def _show_logs(self) -> None:
        if (there := self.remote.there) is not None:
            self._logs_wanted = False
            self.feed.start(there)
            self.run_asked.emit()
        elif self.remote.account is None:
            self.remote.need()
        else:
            self._logs_wanted = False
            self._page.show_step(Step.ACCOUNT)
            self.page_asked.emit()

    # --- The account ---

    def _show_account(self) -> None:
        account, busy = self.remote.account, self.remote.busy
        self.account.show_account(account, busy=busy)
        self._page.show_standing(Step.ACCOUNT, _account_standing(account, busy=busy))

    def _forget(self) -> None:
        self._errands.do(self._forget_key())

    async def _forget_key(self) -> None:
        ask = Ask(
            "Forget the key of Render's API in the keyring of this system?",
            "Forget the key",
            note="It stays valid until you delete it on Render's page, under API Keys.",
            icon_name="close",
            grave=True,
        )
        if await self.asker.agreed(ask):
            self.remote.forget()

    def _open_keys(self) -> None:
        self.open_url(QUrl(PAGE))

    def _open_blueprints(self) -> None:
        self.open_url(QUrl(BLUEPRINTS))


def ship_standing(watched: Sequence[Watched], branch: Branch | None, now: float) -> Standing:
    """How far pushing and deploying is: what is under way first, then what failed."""
    for each in watched:
        if each.under_way and each.following:
            words = f"{deploy_look(each.deploy).label.lower()}, {lasted(each.passage.lasted(now))}"
            return Standing(Mark.RUNNING, words)
    failed = [each for each in watched if each.deploy is not None and each.deploy.status in BAD]
    if failed:
        words = deploy_look(failed[0].deploy).label.lower()
        return Standing(Mark.FAULT, f"{failed[0].service.name}: {words}")
    if branch is None or branch.ahead or branch.changed:
        mark = Mark.WAITING if branch is None else Mark.LOOK_AT
        return Standing(mark, push_words(branch))
    deploys = [each.deploy for each in watched if each.deploy is not None]
    if deploys and all(each.status == "live" for each in deploys):
        return Standing(Mark.DONE, f"live, commit {deploys[0].commit[:7]}")
    return Standing(Mark.WAITING, push_words(branch))


def running_standing(
    service: Service | None, killed: Kills | None, unscaled: FleetError | None
) -> Standing:
    """How a service runs, in a few words; `unscaled` is why its queues scale it no more."""
    if service is None:
        return Standing(Mark.WAITING, "not asked yet")
    if killed is not None:
        return Standing(Mark.FAULT, "out of memory")
    if unscaled is not None:
        return Standing(Mark.FAULT, "not scaled by queues")
    if service.suspended:
        return Standing(Mark.LOOK_AT, "suspended")
    count = "" if service.instances is None else counted(service.instances, "instance")
    return Standing(Mark.DONE, ", ".join(filter(None, (count, service.plan))))


def _account_standing(account: Account | FleetError | None, *, busy: bool) -> Standing:
    if busy:
        return Standing(Mark.RUNNING, "asking Render")
    words = account_words(account)
    match account:
        case None:
            return Standing(Mark.WAITING, words)
        case FleetError():
            return Standing(Mark.LOOK_AT, words)
        case Account(there=None):
            return Standing(Mark.LOOK_AT, words)
        case Account():
            missing = account.there is not None and any(
                each.service is None for each in account.there.matches
            )
            return Standing(Mark.LOOK_AT if missing else Mark.DONE, words)

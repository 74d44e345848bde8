"""Who else is on the broker: workers of others, what they take, and whether they are watched."""

import asyncio
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from core.bridge.sharing import Sharing, ask_queues
from core.changes import BrokerKnown
from core.errors import FleetError
from core.session import Session
from core.workers.foreign import Presence
from desktop.desk import Desk
from desktop.run.decision import decision_file, read_decision, write_decision
from desktop.run.foreign_rows import ForeignRow, Heading, foreign_lines, foreign_rows


class Others(QObject):
    """Keeps sight of them for one session; `lines` are how they stand in the table.

    `changed` comes when those are other ones. `to_be_decided` has what a person should know, in
    three parts, when nobody has decided yet whether they are watched: on a broker that is shared,
    or where somebody answered. Until then nobody is listened to.
    """

    changed = Signal()
    to_be_decided = Signal(object)  # FleetError

    def __init__(
        self, desk: Desk, session: Session, now: Callable[[], float], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._now = now
        self._sharing = Sharing()
        self._file = decision_file(session.project.name)
        self._decision = read_decision(self._file)
        if self._decision:
            session.watch.listen()
        else:
            session.watch.wait_to_be_asked()
        hub = desk.hub
        hub.foreign_changed.connect(self._changed)
        hub.workers_changed.connect(self._look)
        hub.broker_known.connect(self._broker_known)

    def lines(self) -> Sequence[Heading | ForeignRow]:
        """Those that are known, under a heading; empty when there are none."""
        watch = self._session.watch
        rows = foreign_rows(watch.workers, watch.names, self._now(), time.time())
        return foreign_lines(rows, self._sharing.queues)

    @property
    def watched(self) -> bool:
        """Whether they are listened to."""
        return self._session.watch.listens

    def decide(self, watch: bool) -> None:
        """Watch them or not, now and whenever this project is opened."""
        self._decision = watch
        if watch:
            self._session.watch.listen()
        self._desk.do(asyncio.to_thread(write_decision, self._file, watch))
        self.changed.emit()

    def _changed(self, change: object) -> None:
        self._look(None)
        self.changed.emit()

    def _broker_known(self, broker: BrokerKnown) -> None:
        """It is told of in front of everything else of a burst, with who answered."""
        self._look(None)
        self.changed.emit()
        names = sorted(self._session.watch.names)
        if self._decision is None and not broker.builtin and names:
            self.to_be_decided.emit(_known(names))

    def _look(self, names: object) -> None:
        """See from which queues everybody takes, as far as that is not known."""
        watch = self._session.watch
        gone = {each.name for each in watch.workers if each.presence is Presence.OFFLINE}
        workers = self._session.supervisor.workers
        ours = {each.name: each.queues for each in workers if each.up_since is not None}
        if asked := self._sharing.look(ours, watch.names - gone, self._now()):
            self._desk.do(self._ask(asked))

    async def _ask(self, nodes: Sequence[str]) -> None:
        try:
            told = await ask_queues(self._session.calls, nodes)
        except FleetError:
            return  # the broker is away, which workers tell; they are asked anew
        self._sharing.tell(told)
        self.changed.emit()


def _known(names: Sequence[str]) -> FleetError:
    many = f"{len(names)} worker{'' if len(names) == 1 else 's'}"
    return FleetError(
        f"{many} of others on this broker: {', '.join(names)}",
        "who takes from your queues gets tasks that you send, and runs them with other code",
        "watch them to see what they do (one more process, 30 MB), or give your workers queues"
        " of their own",
    )

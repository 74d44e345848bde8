"""Every task has one state and is counted once.

Theory. Facts come from several workers, from the bridge that settles what dead workers held, and
from our own sending; late, twice, or out of order. Four rules make the books exact:

1. A task's state follows from who holds its message, or from its verdict (`core.tasks.entry`).
2. The first verdict counts. A second end of the same task is a duplicate execution, said by
   `Task.duplicate`, and counts nowhere. `lost` is no verdict against news.
3. Tasks move at one place, `_move`, which tells `counts`; so at every instant
   sent = succeeded + failed + revoked + lost + waiting + running.
4. A run that is gone keeps what it held until each message is `Settled`, or given up by
   `mark_lost`: nothing is guessed in between.

Tasks that others sent are kept too, when one of our workers received them. They count for the
worker, and not in `sent`.

Finished tasks beyond `keep` are forgotten, oldest first; they stay in the counts, and `forgotten`
says how many. What is told of a forgotten task later is taken for a task that others sent.
"""

from collections import deque
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final, TypeAlias

from core.tasks.counts import Counts
from core.tasks.entry import Entry
from core.tasks.facts import (
    Fact,
    Failed,
    Received,
    Rejected,
    Retried,
    Revoked,
    Settled,
    Started,
    Succeeded,
)
from core.tasks.holders import Delivery, Run, Runs
from core.tasks.task import Held, State, Task, TaskChanged

KEEP: Final = 200_000
"""Finished tasks that are kept with all their details, about 1 KB each."""

Changes: TypeAlias = tuple[TaskChanged, ...]
_End: TypeAlias = Succeeded | Failed | Revoked | Rejected | Retried


class Ledger:
    """The books of one session; `counts` has the numbers. `now` is monotonic seconds."""

    def __init__(self, keep: int = KEEP) -> None:
        self.counts = Counts()
        self.forgotten = 0
        self._keep = keep
        self._tasks: dict[str, Entry] = {}
        self._ended: deque[Entry] = deque()
        self._runs = Runs(self.counts)

    # --- What we do ---

    def sent(self, ids: Iterable[str], name: str, now: float) -> Changes:
        """We are about to send these. A worker may have told of one before: it is ours now."""
        changes: list[TaskChanged] = []
        for task_id in ids:
            entry = self._tasks.get(task_id)
            if entry is None:
                entry = self._tasks[task_id] = Entry(task_id, name, now, ours=True)
                changes.append(entry.change())
            elif entry.ours:
                continue
            entry.ours = True
            self.counts.claimed(entry.state, entry.retried)
        return tuple(changes)

    def unsent(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Sending these failed. Gives those taken out; one that a worker has seen stays."""
        taken: list[str] = []
        for task_id in ids:
            entry = self._tasks.get(task_id)
            if entry is not None and entry.ours and not entry.receivers and not entry.verdict:
                del self._tasks[task_id]
                self.counts.unclaimed(entry.state)
                taken.append(task_id)
        return tuple(taken)

    def worker_gone(self, worker: str, run: int, now: float) -> tuple[Held, ...]:
        """A run ended, all it told is applied: what it still holds, in the order received.

        Those tasks keep their state until a `Settled` of the same run, or `mark_lost`.
        """
        ended = self._runs.gone(worker, run, now)
        return tuple(
            delivery.held(task_id, self._tasks[task_id].name)
            for task_id, delivery in ended.held.items()
        )

    def mark_lost(self, ids: Iterable[str], why: str, now: float) -> Changes:
        """Nothing more will be heard of these, as far as we know."""
        changes: list[TaskChanged] = []
        for task_id in ids:
            entry = self._tasks.get(task_id)
            if entry is None or entry.verdict is not None:
                continue
            for holder in entry.holders:
                if holder.gone_at is not None:
                    self._release(entry, holder)
            entry.error = why
            changes += self._end(entry, entry.run, "lost", now)
        return tuple(changes)

    # --- What we are told ---

    def apply(self, worker: str, run: int, fact: Fact, now: float) -> Changes:
        """Enter one fact of a run of a worker. Facts that concern no task change nothing."""
        match fact:
            case Received():
                return self._received(self._runs.get(worker, run), fact, now)
            case Started():
                return self._started(self._runs.get(worker, run), fact, now)
            case Succeeded() | Failed() | Revoked() | Rejected() | Retried():
                return self._execution_ended(self._runs.get(worker, run), fact, now)
            case Settled():
                return self._settled(self._runs.get(worker, run), fact, now)
            case _:
                return ()

    def _received(self, run: Run, fact: Received, now: float) -> Changes:
        entry = self._entry(fact.id, fact.name, now)
        late = run.gone_at is not None or entry.is_late(run, fact)
        entry.describe(fact)
        if late:
            return ()
        delivery = self._hold(entry, run)
        delivery.fact = fact
        entry.received_at = now
        return self._place(entry)

    def _started(self, run: Run, fact: Started, now: float) -> Changes:
        entry = self._entry(fact.id, fact.name, now)
        if run.gone_at is not None:
            return ()
        delivery = run.held.get(entry.id)
        if delivery is None:
            if entry.is_late_start(run, fact.at):
                return ()
            delivery = self._hold(entry, run)
        if delivery.running:
            return ()
        delivery.running = True
        entry.runs += 1
        entry.duplicate |= entry.settled
        entry.started_at = now
        return self._place(entry)

    def _execution_ended(self, run: Run, fact: _End, now: float) -> Changes:
        entry = self._entry(fact.id, fact.name, now)
        delivery = self._release(entry, run)
        if delivery is None and entry.is_repeated(run, fact.at):
            return ()
        self._meet(entry, run)
        entry.close(run, fact.at)
        match fact:
            case Retried():
                return self._retried(entry, run, fact, now)
            case Rejected(requeue=True):
                entry.go_back(run, "sent", now)
                return self._place(entry)
            case _ if entry.settled:
                entry.duplicate |= delivery is not None and delivery.running
                return ()
            case _:
                return self._end(entry, run, entry.learn(fact), now)

    def _retried(self, entry: Entry, run: Run, fact: Retried, now: float) -> Changes:
        self.counts.retried(entry.ours, run.tally)
        entry.retried += 1
        entry.go_back(run, "retried", now, fact.exception)
        if not entry.settled:
            entry.revive()
            entry.error = fact.exception
        return self._place(entry)

    def _settled(self, run: Run, fact: Settled, now: float) -> Changes:
        entry = self._entry(fact.id, fact.name, now)
        released = self._release(entry, run)
        self._meet(entry, run)
        if entry.settled:
            return ()
        if fact.state != "requeued":
            well = fact.state == "succeeded"
            entry.result, entry.error = (fact.exception, None) if well else (None, fact.exception)
            return self._end(entry, run, fact.state, now)
        if released is not None or entry.verdict == "lost":
            entry.go_back(run, "sent", now)
        return self._place(entry)

    # --- Where tasks move ---

    def _entry(self, task_id: str, name: str, now: float) -> Entry:
        entry = self._tasks.get(task_id)
        if entry is None:
            entry = self._tasks[task_id] = Entry(task_id, name, now, ours=False)
        return entry

    def _hold(self, entry: Entry, run: Run) -> Delivery:
        delivery = run.held.get(entry.id)
        if delivery is None:
            delivery = run.held[entry.id] = Delivery(None, running=False)
            entry.holders = (*entry.holders, run)
            self._meet(entry, run)
        return delivery

    def _release(self, entry: Entry, run: Run) -> Delivery | None:
        delivery = run.held.pop(entry.id, None)
        if delivery is not None:
            entry.holders = tuple(holder for holder in entry.holders if holder is not run)
            self._runs.tidy(run)
        return delivery

    def _meet(self, entry: Entry, run: Run) -> None:
        if run.tally not in entry.receivers:
            entry.receivers = (*entry.receivers, run.tally)
            run.tally.received += 1

    def _place(self, entry: Entry) -> Changes:
        if entry.settled:
            return ()
        entry.revive()
        return self._move(entry, *entry.place())

    def _end(self, entry: Entry, run: Run | None, state: State, now: float) -> Changes:
        entry.verdict, entry.ended_at = state, now
        self._ended.append(entry)
        if len(self._ended) > self._keep:
            self._forget(self._ended.popleft())
        return self._move(entry, state, run)

    def _forget(self, entry: Entry) -> None:
        if entry.verdict is None or self._tasks.get(entry.id) is not entry:
            return  # it was found again, and will end again; or it is forgotten already
        if entry.holders:  # it runs again at this moment: that end must find it
            self._ended.append(entry)
            return
        del self._tasks[entry.id]
        self.forgotten += 1

    def _move(self, entry: Entry, state: State, run: Run | None) -> Changes:
        if state == entry.state and run is entry.run:
            return ()
        self.counts.moved(
            entry.ours,
            (entry.state, entry.run and entry.run.tally),
            (state, run and run.tally),
        )
        entry.state, entry.run = state, run
        return (entry.change(),)

    # --- What is known ---

    def held(self) -> frozenset[str]:
        """The tasks that our workers have, or had when they went; whoever sent them."""
        return self._runs.held()

    def waiting(self) -> dict[str, str]:
        """The tasks we sent that lie in a queue, for all we know: their names by id, oldest first.

        With 200,000 tasks it takes some 20 ms.
        """
        entries = self._tasks.values()
        return {e.id: e.name for e in entries if e.ours and e.state in ("sent", "retried")}

    def task(self, task_id: str) -> Task | None:
        """One task; None when it was never seen, or is forgotten."""
        entry = self._tasks.get(task_id)
        return None if entry is None else entry.view()

    def tasks(
        self,
        states: Collection[State] | None = None,
        worker: str | None = None,
        limit: int | None = None,
    ) -> tuple[Task, ...]:
        """Tasks as last seen, newest first."""
        entries = (
            entry
            for entry in reversed(self._tasks.values())
            if (states is None or entry.state in states)
            and (worker is None or (entry.run is not None and entry.run.tally.name == worker))
        )
        return tuple(entry.view() for entry in islice(entries, limit))

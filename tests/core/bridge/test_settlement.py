"""What a worker left is settled, now or when the broker is back."""

import asyncio
import signal
from collections.abc import Iterable, Sequence

import pytest

from core.bridge import settlement
from core.bridge.calls import Whereabouts
from core.bridge.settlement import BATCH, TRIES, Settlement
from core.changes import Said
from core.errors import FleetError
from core.tasks.facts import Received, Settled
from core.tasks.ledger import Ledger
from core.tasks.task import Held
from core.workers.loss import Loss

NODE = "w1@box"
ENDED_AT = 1000.0
AWAY = FleetError("settle failed", "the broker is away", "see")


def held(*ids: str) -> tuple[Held, ...]:
    return tuple(
        Held(task_id, "shop.add", f"tag-{task_id}", {}, {}, acks_late=True, running=False)
        for task_id in ids
    )


def loss(*ids: str, exit: int = 3, told_at: float | None = 999.0) -> Loss:
    return Loss(NODE, 1, held(*ids), told_at, ENDED_AT, exit)


class FakeCalls:
    """A bridge to a broker that is `away` for so many calls to come."""

    def __init__(self, away: int = 0) -> None:
        self.away = away
        self.asked: list[tuple[str, ...]] = []
        self.swept: list[tuple[float, float, frozenset[str]]] = []
        self.orphaned: tuple[str, ...] = ()

    async def settle(self, loss: Loss) -> tuple[Settled, ...]:
        self.asked.append(tuple(message.id for message in loss.held))
        await asyncio.sleep(0)
        self._fail_if_away()
        return tuple(Settled(loss.ended_at, m.id, m.name, "failed", loss.why) for m in loss.held)

    async def orphans(
        self, taken_after: float, taken_before: float, known: Iterable[str]
    ) -> tuple[str, ...]:
        self._fail_if_away()
        self.swept.append((taken_after, taken_before, frozenset(known)))
        return self.orphaned

    async def whereabouts(self, ids: Sequence[str]) -> Whereabouts:
        self._fail_if_away()
        ended = {ids[0]: {"state": "SUCCESS", "result": "3"}}
        return Whereabouts(frozenset(), frozenset(), ended, frozenset(ids[1:]))

    def _fail_if_away(self) -> None:
        if self.away:
            self.away -= 1
            raise AWAY


class Books:
    """A settlement, and what it told."""

    def __init__(self, calls: FakeCalls, *, plain: bool = False) -> None:
        self.ledger = Ledger()
        self.entered: list[tuple[str, int, Settled]] = []
        self.lost: list[tuple[tuple[str, ...], str]] = []
        self.said: list[Said] = []
        self.settlement = Settlement(
            calls,  # type: ignore[arg-type]
            self.ledger,
            plain=plain,
            enter=lambda name, run, fact: self.entered.append((name, run, fact)),
            lost=lambda ids, why: self.lost.append((ids, why)),
            say=self.said.append,
        )

    @property
    def settled(self) -> list[tuple[str, str]]:
        return [(fact.id, fact.state) for _, _, fact in self.entered]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settlement, "PAUSE_S", 0.0)
    monkeypatch.setattr(settlement, "HEARSAY_S", 0.0)
    monkeypatch.setattr("core.bridge.found.HEARSAY_S", 0.0)


async def test_each_message_is_settled_in_the_name_of_its_run() -> None:
    books = Books(FakeCalls())
    await books.settlement.settle(loss("a", "b"))
    why = "Worker exited prematurely: exitcode 3."
    assert books.entered == [
        (NODE, 1, Settled(ENDED_AT, task_id, "shop.add", "failed", why)) for task_id in ("a", "b")
    ]
    assert (books.lost, books.said) == ([], [])


async def test_thousands_of_messages_are_settled_in_parts() -> None:
    calls = FakeCalls()
    ids = [str(number) for number in range(2 * BATCH + 1)]
    books = Books(calls)
    await books.settlement.settle(loss(*ids))
    assert [len(part) for part in calls.asked] == [BATCH, BATCH, 1]
    assert [task_id for task_id, _ in books.settled] == ids


async def test_a_broker_that_is_away_is_asked_again_and_that_is_said_once() -> None:
    books = Books(FakeCalls(away=5))
    await books.settlement.settle(loss("a"))
    assert books.settled == [("a", "failed")]
    text = "what it held waits to be settled, 1 in all: the broker is away"
    assert books.said == [Said(NODE, text)]


async def test_a_broker_that_stays_away_leaves_the_messages_lost() -> None:
    calls = FakeCalls(away=10**6)
    books = Books(calls)
    await books.settlement.settle(loss("a", "b"))
    ((ids, why),) = books.lost
    assert ids == ("a", "b")
    assert why.endswith("exitcode 3. It could not be settled: the broker is away")
    assert len(calls.asked) == TRIES


async def test_who_leaves_tries_once_for_all() -> None:
    calls = FakeCalls(away=10**6)
    books = Books(calls)
    books.settlement.leaving = True
    async with asyncio.TaskGroup() as group:
        for task_id in "abc":
            group.create_task(books.settlement.settle(loss(task_id)))
    assert [ids for ids, _ in books.lost] == [("a",), ("b",), ("c",)]
    assert calls.asked == [("a",)]
    assert books.said == []


async def test_who_leaves_while_it_is_tried_does_not_wait_for_the_broker() -> None:
    class Leaving(FakeCalls):
        async def settle(self, *given: object) -> tuple[Settled, ...]:  # type: ignore[override]
            books.settlement.leaving = len(self.asked) == 2
            return await super().settle(*given)  # type: ignore[arg-type]

    calls = Leaving(away=10**6)
    books = Books(calls)
    await books.settlement.settle(loss("a"))
    assert len(calls.asked) == 3
    assert len(books.lost) == 1


async def test_one_who_leaves_with_the_broker_there_settles() -> None:
    books = Books(FakeCalls())
    books.settlement.leaving = True
    await books.settlement.settle(loss("a"))
    assert books.settled == [("a", "failed")]


def took(ledger: Ledger, task_id: str, worker: str) -> None:
    fact = Received(
        *(1.0, task_id, "shop.add", "", "", None, None, None, 0, "tag", False, {}, {}, False)
    )
    ledger.apply(worker, 1, fact, 0.0)


@pytest.mark.parametrize("leaving", [False, True])
async def test_what_it_could_not_tell_is_given_back_but_for_what_others_have(
    leaving: bool,
) -> None:
    calls = FakeCalls()
    calls.orphaned = ("x",)
    books = Books(calls)
    books.settlement.leaving = leaving
    took(books.ledger, "theirs", "w2@box")
    await books.settlement.settle(loss())
    assert calls.swept == [(loss().untold_since, ENDED_AT, {"theirs"})]
    assert books.said == [Said(None, f"gave back x, which {NODE} died with")]


@pytest.mark.parametrize("quiet", [loss("a", exit=0), loss("a", told_at=None)])
async def test_who_told_all_is_not_searched_after(quiet: Loss) -> None:
    calls = FakeCalls()
    books = Books(calls)
    await books.settlement.settle(quiet)
    assert calls.swept == []
    assert books.settled == [("a", "failed")]


async def test_a_search_in_vain_is_let_be() -> None:
    books = Books(FakeCalls(away=1))
    await books.settlement.settle(loss())
    assert books.said == []


async def test_what_a_plain_worker_held_is_looked_up_and_nothing_put_right() -> None:
    calls = FakeCalls()
    books = Books(calls, plain=True)
    await books.settlement.settle(loss("a", "b", exit=-signal.SIGTERM))
    assert books.settled == [("a", "succeeded"), ("b", "lost")]
    assert (calls.asked, calls.swept) == ([], [])

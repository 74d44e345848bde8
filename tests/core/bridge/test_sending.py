"""Tasks go out in batches, and what is known of them is told, whatever goes wrong."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from core.bridge.host import NoAnswer
from core.bridge.sending import BATCH, check, send
from core.errors import UNAVAILABLE, USAGE, FleetError
from core.tasks.call import TaskCall
from core.tasks.ledger import Ledger

ADD = {
    "name": "shop.add",
    "queue": "celery",
    "params": [
        {"name": "x", "kind": "positional_or_keyword"},
        {"name": "y", "kind": "positional_or_keyword", "default": "2"},
    ],
}
AWAY = FleetError("send failed", "the broker is away", "see", exit_code=UNAVAILABLE)
GONE = NoAnswer("send in shop ended the interpreter", "killed", "see", exit_code=UNAVAILABLE)

Send = Callable[[tuple[str, ...]], tuple[int, str | None]]


class FakeCalls:
    """Takes `room` tasks, then does what `then` does."""

    def __init__(self, room: int = 10**6, then: Send | Exception = AWAY) -> None:
        self.room = room
        self.then = then
        self.taken: list[str] = []
        self.tasks: tuple[Mapping[str, Any], ...] = (ADD,)

    async def describe(self) -> tuple[Mapping[str, Any], ...]:
        return self.tasks

    async def send(self, call: TaskCall, ids: tuple[str, ...]) -> tuple[int, str | None]:
        await asyncio.sleep(0)
        if len(ids) <= self.room - len(self.taken):
            self.taken += ids
            return len(ids), None
        if isinstance(self.then, Exception):
            raise self.then
        return self.then(ids)


async def send_to(calls: FakeCalls, count: int, *args: object) -> tuple[Ledger, object]:
    """What the ledger has then, and the ids or the error."""
    ledger = Ledger()
    call = TaskCall("shop.add", args or (1,), count=count)
    try:
        done: object = await send(
            calls,  # type: ignore[arg-type]
            call,
            sent=lambda ids: ledger.sent(ids, call.task, 0.0),
            unsent=ledger.unsent,
        )
    except FleetError as error:
        done = error
    return ledger, done


@pytest.mark.parametrize("count", [1, BATCH, 2 * BATCH + 1])
async def test_every_id_is_in_the_books_and_sent_once(count: int) -> None:
    calls = FakeCalls()
    ledger, ids = await send_to(calls, count)
    assert isinstance(ids, tuple)
    assert list(ids) == calls.taken
    assert len(set(ids)) == ledger.counts.totals().sent == count


async def test_a_broker_that_takes_no_more_tells_how_many_went_out() -> None:
    ledger, error = await send_to(FakeCalls(BATCH, lambda ids: (7, "the disk is full")), 1000)
    assert isinstance(error, FleetError)
    assert error.what == f"shop.add was sent {BATCH + 7} of 1000 times"
    assert (error.why, error.exit_code) == ("the disk is full", UNAVAILABLE)
    assert ledger.counts.totals().sent == BATCH + 7


async def test_a_broker_that_takes_none_leaves_the_books_as_they_were() -> None:
    ledger, error = await send_to(FakeCalls(0, lambda ids: (0, None)), 10)
    assert isinstance(error, FleetError) and "0 of 10" in error.what
    assert error.why == "the broker took no more"
    assert ledger.counts.totals().sent == 0


async def test_a_batch_that_was_refused_as_a_whole_is_not_sent() -> None:
    ledger, error = await send_to(FakeCalls(BATCH, AWAY), 1000)
    assert isinstance(error, FleetError) and f"{BATCH} of 1000" in error.what
    assert ledger.counts.totals().sent == BATCH


async def test_what_nobody_knows_of_stays_in_the_books() -> None:
    ledger, error = await send_to(FakeCalls(BATCH, GONE), 1000)
    assert isinstance(error, FleetError)
    assert f"was sent {BATCH} to {2 * BATCH} of 1000 times" in error.what
    assert ledger.counts.totals().waiting == 2 * BATCH


async def test_a_task_that_is_not_there_is_refused_with_the_nearest_names() -> None:
    calls = FakeCalls()
    calls.tasks = ({"name": "shop.added", "params": []}, {"name": "mail.welcome", "params": []})
    _, error = await send_to(calls, 1)
    assert isinstance(error, FleetError)
    assert error.what == "there is no task 'shop.add' in this app"
    assert error.fix == "did you mean shop.added?"
    assert error.exit_code == USAGE


@pytest.mark.parametrize(
    ("names", "why", "fix"),
    [
        ((), "it registers none", "name one of these"),
        (("zzz",), "it registers zzz", "name one of these"),
    ],
)
async def test_an_app_without_such_tasks_says_what_it_has(
    names: tuple[str, ...], why: str, fix: str
) -> None:
    calls = FakeCalls()
    calls.tasks = tuple({"name": name, "params": []} for name in names)
    _, error = await send_to(calls, 1)
    assert isinstance(error, FleetError) and (error.why, error.fix) == (why, fix)


async def test_of_many_tasks_the_first_are_named() -> None:
    calls = FakeCalls()
    calls.tasks = tuple({"name": f"zzz.{number}", "params": []} for number in range(100))
    _, error = await send_to(calls, 1)
    assert isinstance(error, FleetError)
    assert error.why.endswith("zzz.19, ...")


async def test_arguments_that_do_not_fit_are_refused_before_anything_is_sent() -> None:
    calls = FakeCalls()
    ledger, error = await send_to(calls, 1, 1, 2, 3)
    assert isinstance(error, FleetError) and error.exit_code == USAGE
    assert (calls.taken, ledger.counts.totals().sent) == ([], 0)


@pytest.mark.parametrize(
    ("told", "asked", "queue"),
    [
        ("reports", None, "reports"),
        ("reports", "urgent", "urgent"),
        ("unknown: it wants arguments", None, None),
        ("unknown: it wants arguments", "urgent", "urgent"),
    ],
)
async def test_the_queue_is_that_of_the_call_or_of_its_task(
    told: str, asked: str | None, queue: str | None
) -> None:
    calls = FakeCalls()
    calls.tasks = ({**ADD, "queue": told},)
    call = TaskCall("shop.add", (1,), queue=asked)
    assert await check(calls, call) == queue  # type: ignore[arg-type]

"""Signals that mean: leave."""

import asyncio
import signal
import sys
from collections.abc import Iterator

import pytest

from core.cli.interrupts import HANG_UP, SIGNALS, interrupts


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Leaves the handlers of the test run as they were."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


async def hears(number: signal.Signals) -> str:
    """Which of the two is called."""
    heard = asyncio.Queue[str]()
    with interrupts(lambda: heard.put_nowait("interrupt"), lambda: heard.put_nowait("hang-up")):
        signal.raise_signal(number)
        async with asyncio.timeout(10):
            return await heard.get()


@pytest.mark.parametrize("number", SIGNALS)
async def test_each_of_them_is_passed_on(number: signal.Signals) -> None:
    assert await hears(number) == ("hang-up" if number == HANG_UP else "interrupt")


async def test_afterwards_all_is_as_before() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with interrupts(lambda: None, lambda: None):
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert [signal.getsignal(number) for number in SIGNALS] == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no hang-up on Windows")
async def test_a_hang_up_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with interrupts(lambda: None, lambda: None):
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


async def test_ctrl_c_counts_even_where_it_was_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert await hears(signal.SIGINT) == "interrupt"

"""Signals that mean: leave."""

import asyncio
import signal
import sys
from collections.abc import Iterator

import pytest

from core.cli.interrupts import SIGNALS, interrupts


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """Leaves the handlers of the test run as they were."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
async def test_each_of_them_is_passed_on(number: signal.Signals) -> None:
    heard = asyncio.Event()
    with interrupts(heard.set):
        signal.raise_signal(number)
        async with asyncio.timeout(10):
            await heard.wait()


async def test_afterwards_all_is_as_before() -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with interrupts(lambda: None):
        assert signal.getsignal(signal.SIGINT) is not before[0]
    assert [signal.getsignal(number) for number in SIGNALS] == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no hang-up on Windows")
async def test_a_hang_up_that_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with interrupts(lambda: None):
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


async def test_ctrl_c_counts_even_where_it_was_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard = asyncio.Event()
    with interrupts(heard.set):
        signal.raise_signal(signal.SIGINT)
        async with asyncio.timeout(10):
            await heard.wait()

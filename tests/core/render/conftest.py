"""An account on Render, and the client before it."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from core.render.api.call import Caller
from core.render.api.client import RenderApi
from core.secret import Secret
from tests.render_fake.account import KEY, Account
from tests.render_fake.server import RenderServer, render_server


@pytest.fixture
def account() -> Iterator[Account]:
    """With one worker and one web service; the contract was held when the test is over."""
    made = Account()
    made.add_service("jobs")
    made.add_service("api", "web_service")
    yield made
    assert made.broken == []


@pytest.fixture
def naps() -> list[float]:
    """How long the client of `api` slept between its tries, in seconds."""
    return []


@pytest.fixture
async def api(account: Account, naps: list[float]) -> AsyncIterator[RenderApi]:
    """The client of that account, which sleeps for no time."""

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    transport = httpx.MockTransport(account.handle)
    async with Caller(Secret(KEY), transport=transport, sleep=nap) as caller:
        yield RenderApi(caller)


@pytest.fixture
def served(account: Account) -> Iterator[RenderServer]:
    """The account behind a real address."""
    with render_server(account) as server:
        yield server


@pytest.fixture
async def api_there(served: RenderServer) -> AsyncIterator[RenderApi]:
    """The client of that address."""
    async with Caller(Secret(KEY), served.url) as caller:
        yield RenderApi(caller)

import os
from collections.abc import AsyncIterator

import pytest

from core.broker.builtin import BuiltinBroker
from core.broker.servers import ServerChoice, find_server
from core.workers.containment import Containment, make_containment


@pytest.fixture
async def containment() -> AsyncIterator[Containment]:
    async with make_containment() as containment:
        yield containment


@pytest.fixture
def real() -> ServerChoice:
    choice = find_server()
    if choice.slow:
        pytest.skip("there is no real server on this machine")
    return choice


@pytest.fixture
async def broker(containment: Containment) -> AsyncIterator[BuiltinBroker]:
    async with BuiltinBroker(containment, os.environ) as broker:
        yield broker


@pytest.fixture
async def real_broker(containment: Containment, real: ServerChoice) -> AsyncIterator[BuiltinBroker]:
    async with BuiltinBroker(containment, os.environ, real) as broker:
        yield broker

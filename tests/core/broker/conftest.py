import os
from collections.abc import AsyncIterator

import pytest

from core.broker.builtin import BuiltinBroker
from core.workers.containment import Containment, make_containment


@pytest.fixture
async def containment() -> AsyncIterator[Containment]:
    async with make_containment() as containment:
        yield containment


@pytest.fixture
async def broker(containment: Containment) -> AsyncIterator[BuiltinBroker]:
    async with BuiltinBroker(containment, os.environ) as broker:
        yield broker

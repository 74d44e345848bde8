"""Which queues are not ours alone."""

from typing import Any

from core.bridge.calls import Calls
from core.bridge.sharing import shared_queues
from tests.core.bridge.test_roll_call import PONG, Workers

QUEUES = {
    "w1@box": [{"name": "celery"}, {"name": "mail"}],
    "w2@box": [{"name": "slow"}],
    "celery@PC-7": [{"name": "celery"}, {"name": "theirs"}, {"name": "slow"}],
}


async def shared(*ours: str, **answers: Any) -> frozenset[str]:
    workers: Any = Workers(ping=dict.fromkeys(QUEUES, PONG), active_queues=QUEUES)
    return await shared_queues(Calls(workers), ours)


async def test_queues_from_which_we_take_and_others_do_are_shared() -> None:
    assert await shared("w1@box") == {"celery", "slow"} - {"slow"}
    assert await shared("w1@box", "w2@box") == {"celery", "slow"}


async def test_alone_we_share_nothing() -> None:
    assert await shared(*QUEUES) == set()

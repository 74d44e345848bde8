"""Which queues are not ours alone."""

from typing import Any

from core.bridge.calls import Calls
from core.bridge.sharing import AGAIN_S, Sharing, ask_queues
from tests.core.bridge.test_roll_call import PONG, Workers

OURS = {"w1@box": ("celery", "mail"), "w2@box": ("slow",)}
THEIRS = "celery@PC-7"
TOLD = {THEIRS: ["celery", "theirs", "slow"]}


def test_queues_from_which_we_take_and_others_do_are_shared() -> None:
    sharing = Sharing()
    assert sharing.look(OURS, {THEIRS}, 0.0) == [THEIRS]
    assert sharing.queues == set()
    sharing.tell(TOLD)
    assert sharing.queues == {"celery", "slow"}
    assert sharing.look(OURS, {THEIRS}, 2 * AGAIN_S) == []


def test_those_of_ours_that_have_not_said_so_are_asked_too() -> None:
    sharing = Sharing()
    assert sharing.look({"w1@box": ()}, {THEIRS}, 0.0) == [THEIRS, "w1@box"]
    sharing.tell(TOLD | {"w1@box": ["slow"]})
    assert sharing.queues == {"slow"}


def test_alone_we_share_nothing_and_ask_nobody() -> None:
    sharing = Sharing()
    assert sharing.look({"w1@box": ()}, (), 0.0) == []
    assert sharing.look({}, {THEIRS}, 0.0) == []
    assert sharing.queues == set()


def test_who_was_silent_is_asked_again_but_not_at_once() -> None:
    sharing = Sharing()
    sharing.look(OURS, {THEIRS}, 0.0)
    assert sharing.look(OURS, {THEIRS}, AGAIN_S - 0.1) == []
    assert sharing.look(OURS, {THEIRS, "another"}, AGAIN_S - 0.1) == ["another"]
    assert sharing.look(OURS, {THEIRS, "another"}, AGAIN_S) == [THEIRS]


def test_who_has_gone_is_forgotten_and_asked_when_it_is_back() -> None:
    sharing = Sharing()
    sharing.look(OURS, {THEIRS}, 0.0)
    sharing.tell(TOLD)
    sharing.look(OURS, (), 1.0)
    assert sharing.queues == set()
    assert sharing.look(OURS, {THEIRS}, 2.0) == [THEIRS]


async def test_those_who_answer_tell_their_queues() -> None:
    queues = {"a@box": [{"name": "celery"}, {"name": "mail"}]}
    workers: Any = Workers(ping=dict.fromkeys(["a@box", "b@box"], PONG), active_queues=queues)
    assert await ask_queues(Calls(workers), ["a@box", "b@box"]) == {"a@box": ["celery", "mail"]}

"""Lists are set aside and put back in one step each, and keep their order."""

import types
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.broker import SEPARATOR, STEPS, Server

Load = Callable[[str], types.ModuleType]


class Channel:
    """What `Lists` needs of kombu's."""

    priority_steps = STEPS

    def _q_for_pri(self, queue: str, step: int) -> str:
        return f"{queue}{SEPARATOR}{step}" if step else queue


@pytest.fixture
def client(server: Server) -> Iterator[Any]:
    yield server.client


@pytest.fixture
def lists(inside: Load, client: Any) -> Any:
    return inside("aside").Lists(Channel(), client, lambda name: f"shop:{name}", "q", "t0")


def fill(client: Any, step: int, *messages: str) -> str:
    key = f"shop:q{SEPARATOR}{step}" if step else "shop:q"
    client.lpush(key, *messages)
    return key


def test_what_was_set_aside_comes_back_to_be_taken_first(lists: Any, client: Any) -> None:
    first, last = fill(client, 0, "a", "b"), fill(client, 9, "x")
    assert lists.set_aside() == {0: 2, 3: 0, 6: 0, 9: 1}
    assert not client.exists(first, last)
    fill(client, 0, "newer", "newest")
    assert lists.put_back() == 3
    assert client.lrange(first, 0, -1) == [b"newest", b"newer", b"b", b"a"]
    assert client.lrange(last, 0, -1) == [b"x"]
    assert set(client.keys()) == {first.encode(), last.encode()}
    assert lists.put_back() == 0


def test_what_is_filled_in_is_seen_by_nobody_before_it_is_published(
    lists: Any, client: Any
) -> None:
    key = fill(client, 3, "newer")
    lists.fill(3, [b"c", b"b"])
    lists.fill(3, [b"a"])
    assert client.lrange(key, 0, -1) == [b"newer"]
    assert lists.publish() == 3
    assert client.lrange(key, 0, -1) == [b"newer", b"c", b"b", b"a"]
    assert client.ttl(key) == -1


def test_what_is_filled_in_goes_when_it_is_taken_back_or_forgotten(lists: Any, client: Any) -> None:
    lists.fill(3, [b"c"])
    [key] = client.keys()
    assert 0 < client.ttl(key) <= 3600
    lists.empty()
    assert not client.keys()


def test_a_list_that_was_to_expire_does_not_while_it_is_aside(lists: Any, client: Any) -> None:
    client.expire(fill(client, 0, "a"), 100)
    lists.set_aside()
    [key] = client.keys()
    assert client.ttl(key) == -1


def test_what_is_left_aside_is_found_by_queue(inside: Load, lists: Any, client: Any) -> None:
    fill(client, 0, "a", "b")
    fill(client, 6, "x")
    lists.set_aside()
    left = inside("aside").left_aside(client, lambda name: f"shop:{name}")
    assert left == [{"queue": "q", "token": "t0", "count": 3}]
    lists.forget()
    assert not client.keys()

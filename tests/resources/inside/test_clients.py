"""The client of a channel is kept, as long as its pool of connections is the same."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from kombu import Connection

from tests.support.broker import Server


def its_client(channel: Any) -> Any:
    with channel.conn_or_acquire() as client:
        return client


@pytest.fixture
def clients(inside: Callable[[str], ModuleType]) -> ModuleType:
    return inside("clients")


def test_commands_share_a_client_until_the_connections_are_new(
    clients: ModuleType, its_server: Server
) -> None:
    with Connection(its_server.url) as connection:
        channel: Any = connection.channel()
        assert its_client(channel) is not its_client(channel)
        clients.keep_client(channel)
        first = its_client(channel)
        assert its_client(channel) is first
        assert channel.client is not first  # the one that waits for messages is its own
        channel._disconnect_pools()  # as when the broker is lost, and in the child of a fork
        second = its_client(channel)
        assert second is not first
        assert second.connection_pool is channel.pool
        assert second.ping()


def test_channels_of_other_brokers_are_left_alone(clients: ModuleType) -> None:
    with Connection("memory://") as connection:
        channel = connection.channel()
        before = dict(vars(channel))
        clients.keep_client(channel)
        assert vars(channel) == before
    clients.keep_client(None)

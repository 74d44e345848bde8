"""Reads Redis under the names that its keys really have.

kombu's client puts `global_keyprefix` in front of the keys of the commands that kombu itself uses,
and of no others (`kombu/transport/redis.py`, PREFIXED_SIMPLE_COMMANDS): LRANGE, ZSCORE or HVALS
would read keys that do not exist. Standard library and Celery only, Python 3.8.
"""

from contextlib import contextmanager


def prefix_of(channel):
    """What all keys of an app begin with."""
    return getattr(channel, "global_keyprefix", "") or ""


@contextmanager
def reading(channel):
    """`(client, key)`: a client without that habit, and a function that gives a key's full name."""
    from kombu.transport.redis import redis

    prefix = prefix_of(channel)
    yield redis.Redis(connection_pool=channel.pool), lambda name: prefix + name

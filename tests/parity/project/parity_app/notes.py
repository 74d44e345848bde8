"""What happens is noted in a Redis list, which outlives every process of a worker."""

import json
import os
import time

import redis

NOTES = "parity:notes"
TIMES = "parity:times:"
RELEASED = "parity:released:"

client = redis.Redis.from_url(os.environ["PARITY_NOTES"])


def note(kind, what, id_=None, **more):
    """Append `{kind, what, id, pid, t}`: `kind` is run or signal, `t` Unix seconds."""
    record = {"kind": kind, "what": what, "id": id_, "pid": os.getpid(), "t": time.time(), **more}
    client.rpush(NOTES, json.dumps(record))


def times(key):
    """How often this was asked about `key`, over all processes: 1 at first."""
    return client.incr(TIMES + key)

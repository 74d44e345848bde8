"""Which messages wait, and which are out with a worker.

Standard library and Celery only, Python 3.8.
"""

import json
import time

from kombu.utils import json as kombu_json
from solofleet_inside.keys import reading


def lengths(app, names=()):
    """`{"queues": {name: waiting}, "unacked": n or None, "oldest_unacked_s": s or None}`.

    Without `names` the queues the app itself declares. All priority lists of a Redis queue count
    (kombu's `Channel._size`), under its key prefix. `unacked` is one hash for all queues of a
    Redis database; other transports keep it to themselves.
    """
    names = list(names) or sorted(app.amqp.queues)
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        waiting = {name: _waiting(channel, name) for name in names}
        unacked, oldest = _unacked(channel)
    return {"queues": waiting, "unacked": unacked, "oldest_unacked_s": oldest}


def _waiting(channel, name):
    if hasattr(channel, "_size"):
        return channel._size(name)
    return channel.queue_declare(queue=name, passive=True).message_count


def _unacked(channel):
    if not hasattr(channel, "unacked_key"):
        return None, None
    with reading(channel) as (client, key):
        count = client.hlen(key(channel.unacked_key))
        first = client.zrange(key(channel.unacked_index_key), 0, 0, withscores=True)
    return count, max(0.0, time.time() - first[0][1]) if first else None


#: Messages are read from a list this many at a time.
PAGE = 1000


def search(app, ids, queues=()):
    """`(waiting, out)`, two sets of those `ids` that are found; None where it cannot be searched.

    Looks into all priority lists of all queues the app declares, of `queues`, and into `unacked`.
    """
    wanted = set(ids)
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        if not hasattr(channel, "unacked_key"):
            return None
        with reading(channel) as (client, key):
            held = client.hvals(key(channel.unacked_key))
            out = {message_id(json.loads(raw)[0]) for raw in held}
            waiting = set()
            for queue in {*app.amqp.queues, *queues}:
                for priority in channel.priority_steps:
                    waiting.update(_listed(client, key(channel._q_for_pri(queue, priority))))
    return waiting & wanted, out & wanted


def _listed(client, key):
    start = 0
    while True:
        page = client.lrange(key, start, start + PAGE - 1)
        for raw in page:
            yield message_id(json.loads(raw))
        if len(page) < PAGE:
            return
        start += PAGE


def message_id(message):
    """The task id of a message as Redis keeps it, whichever protocol, as text."""
    headers = message.get("headers") or {}
    id_ = headers.get("id") or message.get("properties", {}).get("correlation_id")
    if isinstance(id_, dict):  # a UUID, as kombu 5.3 and later write one
        id_ = kombu_json.loads(json.dumps(id_))
    return id_ if id_ is None or type(id_) is str else str(id_)

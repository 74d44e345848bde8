"""How many messages wait, and how many are out with a worker.

Standard library and Celery only, Python 3.8.
"""

import time


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
    with channel.conn_or_acquire() as client:
        count = client.hlen(channel.unacked_key)
        first = client.zrange(channel.unacked_index_key, 0, 0, withscores=True)
    return count, max(0.0, time.time() - first[0][1]) if first else None

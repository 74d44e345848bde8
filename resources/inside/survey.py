"""What there is in the queues, without taking anything out.

Standard library and Celery only, Python 3.8.
"""

import base64
import json
import re
import time
from collections import Counter

from solofleet_inside.aside import left_aside
from solofleet_inside.keys import reading
from solofleet_inside.queues import PAGE

#: So many messages of a queue are looked into for the names of their tasks.
LOOKED_INTO = 10000


def survey(app, names=()):
    """`{"queues": [queue], "unacked", "oldest_unacked_s", "set_aside": [{queue, token, count}]}`.

    A queue is `{name, declared, bound, waiting, priorities, unacked, oldest_unacked_s, consumers}`:
    those that the app declares, those of `names`, and on Redis those that kombu's bindings name.
    `priorities` are `[step, count]`, all of kombu's priority steps. What a transport does not tell
    is None. A message out with a worker whose queue is not known counts in the total alone.
    `set_aside` is what a purge that was broken off has left.
    """
    declared = set(app.amqp.queues)
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        if not hasattr(channel, "unacked_key"):
            found = [_asked(connection, name, declared) for name in sorted(declared | set(names))]
            return {"queues": found, "unacked": None, "oldest_unacked_s": None, "set_aside": []}
        with reading(channel) as (client, key):
            return _of_redis(app, channel, client, key, declared, set(names))


def _asked(connection, name, declared):
    """What a transport other than Redis tells of one queue."""
    waiting = consumers = None
    channel = connection.channel()  # of its own: AMQP closes it when there is no such queue
    try:
        if hasattr(channel, "_size"):
            waiting = channel._size(name)
        else:
            told = channel.queue_declare(queue=name, passive=True)
            waiting, consumers = told.message_count, told.consumer_count
    except connection.channel_errors:
        pass
    finally:
        channel.close()
    return {
        "name": name,
        "declared": name in declared,
        "bound": None,
        "waiting": waiting,
        "priorities": None,
        "unacked": None,
        "oldest_unacked_s": None,
        "consumers": consumers,
    }


def _of_redis(app, channel, client, key, declared, names):
    bindings = _bindings(app, channel, client, key)
    bound = {queue for _, _, _, queue in bindings}
    out, oldest, total, first = _unacked(channel, client, key, bindings)
    now = time.time()

    def age(taken_at):
        return None if taken_at is None else max(0.0, now - taken_at)

    queues = []
    for name in sorted(declared | bound | names | set(out)):
        priorities = counts(channel, client, key, name)
        queues.append(
            {
                "name": name,
                "declared": name in declared,
                "bound": name in bound,
                "waiting": sum(count for _, count in priorities),
                "priorities": priorities,
                "unacked": out[name],
                "oldest_unacked_s": age(oldest.get(name)),
                "consumers": None,
            }
        )
    return {
        "queues": queues,
        "unacked": total,
        "oldest_unacked_s": age(first),
        "set_aside": left_aside(client, key),
    }


def counts(channel, client, key, queue):
    """`[[step, count]]` of the list of each priority, highest first."""
    pipe = client.pipeline(transaction=False)
    for step in channel.priority_steps:
        pipe.llen(key(channel._q_for_pri(queue, step)))
    sizes = pipe.execute(raise_on_error=False)  # a key of that name may be no list
    return [
        [step, size if isinstance(size, int) else 0]
        for step, size in zip(channel.priority_steps, sizes)  # noqa: B905 - Python 3.8
    ]


def _bindings(app, channel, client, key):
    """`[(exchange, routing key, pattern, queue)]`, without those of remote control and events."""
    mailbox = app.control.mailbox
    internal = {mailbox.exchange.name, mailbox.reply_exchange.name, app.conf.event_exchange}
    start = key(channel.keyprefix_queue % "")
    found = []
    pattern = re.sub(r"([\\*?\[\]])", r"\\\1", start) + "*"
    for name in client.scan_iter(match=pattern, count=PAGE):
        exchange = name.decode("utf-8", "replace")[len(start) :]
        if exchange not in internal:
            for member in client.smembers(name):
                parts = member.decode("utf-8", "replace").split(channel.sep)
                if len(parts) == 3 and parts[2]:
                    found.append((exchange, parts[0], parts[1], parts[2]))
    return found


def _unacked(channel, client, key, bindings):
    """`(count by queue, when the oldest was taken by queue, how many in all, the oldest of all)`.

    The times are Unix seconds.
    """
    index = client.zrange(key(channel.unacked_index_key), 0, -1, withscores=True)
    taken_at = dict(index)
    out, oldest = Counter(), {}
    for tag, raw in client.hscan_iter(key(channel.unacked_key), count=PAGE):
        _, exchange, routing_key = json.loads(raw)
        at = taken_at.get(tag)
        for queue in _routed(bindings, exchange, routing_key):
            out[queue] += 1
            if at is not None:
                oldest[queue] = min(at, oldest.get(queue, at))
    total = client.hlen(key(channel.unacked_key))
    return out, oldest, total, min(taken_at.values(), default=None)


def _routed(bindings, exchange, routing_key):
    """The queues into which a message went, as kombu finds them again to restore it."""
    if not exchange:
        return {routing_key} if routing_key else set()
    return {
        queue
        for to, bound_by, pattern, queue in bindings
        if to == exchange
        and (bound_by == routing_key or (pattern and re.match(pattern, routing_key or "")))
    }


def peek(app, queue):
    """`{"priorities": [[step, count]], "names": [[task, count]], "looked_into": n}`.

    Of the first `LOOKED_INTO` messages at most; a task whose name cannot be told is None.
    """
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        if not hasattr(channel, "unacked_key"):
            return {"priorities": None, "names": [], "looked_into": 0}
        names = Counter()
        with reading(channel) as (client, key):
            priorities = counts(channel, client, key, queue)
            for step, count in priorities:
                where = key(channel._q_for_pri(queue, step))
                for start in range(0, count, PAGE):
                    if sum(names.values()) < LOOKED_INTO:
                        page = client.lrange(where, start, start + PAGE - 1)
                        names.update(_task_name(raw) for raw in page)
    return {
        "priorities": priorities,
        "names": [list(pair) for pair in names.most_common()],
        "looked_into": sum(names.values()),
    }


def _task_name(raw):
    """The task that a message is for; of both protocols, and nothing is unpickled."""
    try:
        message = json.loads(raw)
        name = (message.get("headers") or {}).get("task")
        if name is None and message.get("content-type") == "application/json":
            body = message["body"]
            if (message.get("properties") or {}).get("body_encoding") == "base64":
                body = base64.b64decode(body)
            name = json.loads(body)["task"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return name if isinstance(name, str) else None

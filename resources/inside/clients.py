"""One client of Redis for a channel, where kombu makes one for every command.

WORKAROUND: redis-py builds a table of some 170 entries for each client, 44 us of a processor
(redis/redis-py#3624), and kombu makes two clients for a task: one to note its message, one to
acknowledge it. Clients may be shared: each command takes a connection of its own from the pool.

Standard library only, Python 3.8.
"""


def keep_client(channel):
    """Let a channel of kombu's Redis transport use one client as long as its pool is the same."""
    create = getattr(channel, "_create_client", None)
    if create is None:
        return  # another broker
    kept = {}

    def create_once(asynchronous=False):
        if asynchronous:  # kombu keeps that one itself
            return create(asynchronous=True)
        pool = channel.pool  # a lost connection and a fork bring another
        if kept.get("pool") is not pool:
            kept.update(pool=pool, client=create())
        return kept["client"]

    channel._create_client = create_once

"""Gives one worker a queue that nobody else reads, and takes it away again.

Standard library and Celery only, Python 3.8.
"""

from solofleet_inside.asking import ask


def open_queue(app, queue, node, timeout_s=1.0):
    """`{"reads": bool}`: whether the worker `node` reads this queue too, until it ends."""
    with ask(app, timeout_s, destination=[node], limit=1) as asked:
        replies = asked._request("add_consumer", queue=queue) or {}
    return {"reads": "ok" in (replies.get(node) or {})}


def close_queue(app, queue, node):
    """Have the worker read it no more, and delete it with all that is left in it.

    The names are those that `Consumer.add_task_queue` gives (`celery/worker/consumer`). A send
    has made it one of the app's queues here, which it is no longer either.
    """
    from kombu import Exchange, Queue

    app.amqp.queues.pop(queue, None)
    with app.connection_for_write() as connection:
        app.control.cancel_consumer(queue, destination=[node], connection=connection)
        exchange = Exchange(queue, type="direct")
        bound = Queue(queue, exchange, routing_key=queue)(connection.default_channel)
        bound.declare()  # else a broker in memory of this process does not know what to delete
        bound.delete()
        exchange(connection.default_channel).delete()
    return {}

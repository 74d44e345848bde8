"""How long a round trip takes, through the app's own settings.

Standard library and Celery only, Python 3.8.
"""

import time


def to_broker(app):
    """Seconds to the broker and back."""
    with app.connection_for_read() as connection:
        connection.connect()
        started = time.monotonic()
        channel = connection.channel()
        client = getattr(channel, "client", None)
        if client is not None and hasattr(client, "ping"):
            client.ping()
        return time.monotonic() - started


def to_results(app):
    """Seconds to the result backend and back; None when it is none that can be asked."""
    client = getattr(app.backend, "client", None)
    if client is None or not hasattr(client, "ping"):
        return None
    client.ping()  # connects
    started = time.monotonic()
    client.ping()
    return time.monotonic() - started

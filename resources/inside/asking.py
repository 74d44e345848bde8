"""Asks workers through remote control, so that no reply is lost.

Standard library and Celery only, Python 3.8.
"""

from contextlib import contextmanager


@contextmanager
def ask(app, timeout_s, **options):
    """Celery's `Inspect` on a connection of its own, for one question.

    WORKAROUND: on Redis a call that waited its whole timeout leaves a BRPOP for the reply queue
    behind, on its pooled connection. That one takes the reply to the next question, so every
    second question seems to find nobody (seen with plain workers of 5.2.7 to 5.7.0). Closing the
    connection ends it.
    """
    with app.connection_for_read() as connection:
        yield app.control.inspect(timeout=timeout_s, connection=connection, **options)

"""The three ways to run the user's app, each with its truth."""

from enum import StrEnum
from typing import Final


class Mode(StrEnum):
    """FLEET: our launcher. PLAIN and PREFORK: the literal celery command."""

    FLEET = "fleet"
    PLAIN = "plain"
    PREFORK = "prefork"


TRUTH: Final = {
    Mode.FLEET: (
        "N solo workers that keep prefork's rules: time limits, terminate, a task that ends its"
        " process, recycling. They do not fork: what import time leaves open (connections, locks,"
        " threads) is not shared here, and is in production"
    ),
    Mode.PLAIN: (
        "the literal solo command: time limits are ignored, nothing can be terminated, a task that"
        " ends its process ends the worker and its result stays PENDING, counts rest on events"
    ),
    Mode.PREFORK: (
        "one prefork worker, as in production. On Windows it is experimental: Celery 5.7 or later,"
        " spawn in place of fork, no soft time limits. Counts rest on events, and a busy process is"
        " not seen as such"
    ),
}
"""What a person should know before choosing."""

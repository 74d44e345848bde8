"""A test task that every fleet knows, so that trying it out needs no user code."""

import logging
import time

NAME = "solofleet.probe"


def register(app):
    """Add the probe task to `app`; the worker and the sender both do it."""
    if NAME in app.tasks:
        return

    @app.task(name=NAME)
    def probe(sleep_s: float = 0.0, log: str = "", fail: str = "", allocate_mb: int = 0):
        """Sleep, log, allocate memory, fail: each only when asked to.

        `sleep_s` seconds of sleep, `log` is written at level INFO, `allocate_mb` is held while
        sleeping, a non-empty `fail` becomes the text of a RuntimeError.
        """
        held = bytearray(allocate_mb * 1024 * 1024)
        if log:
            logging.getLogger(NAME).info("%s", log)
        time.sleep(sleep_s)
        if fail:
            raise RuntimeError(fail)
        return {"slept_s": sleep_s, "allocated_mb": len(held) // (1024 * 1024)}

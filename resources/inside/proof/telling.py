"""Tells each step, as it begins and as it ends.

Standard library only, Python 3.8.
"""

import json
import sys
import threading
import time
from contextlib import contextmanager

from solofleet_inside.proof.programs import Failed


class Teller(object):
    """Writes records, one JSON object per line, ASCII; several threads may use it."""

    def __init__(self):
        self._lock = threading.Lock()

    def say(self, kind, **fields):
        """One record."""
        line = json.dumps(dict(fields, kind=kind)) + "\n"
        with self._lock:
            sys.stdout.write(line)
            sys.stdout.flush()

    def heard(self, line):
        """A line of a program."""
        self.say("line", text=line)

    @contextmanager
    def step(self, id_, service, about):
        """One step: the block puts facts into what it is given, and fails by raising Failed.

        Afterwards `facts["state"]` is `passed` or `failed`.
        """
        self.say("step", id=id_, service=service, about=about)
        facts = {}
        began = time.monotonic()
        state = "passed"
        try:
            yield facts
        except Failed as error:
            state = "failed"
            facts.clear()
            facts.update(error.facts)
        facts["state"] = state
        took_s = time.monotonic() - began
        self.say("ended", id=id_, service=service, step_s=took_s, facts=facts)

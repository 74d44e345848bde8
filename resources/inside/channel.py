"""The three pipes of a child: commands come in, telemetry goes out, all else is the log.

Standard library only, Python 3.8. One JSON object per line in both directions, UTF-8,
a `kind` in each.
"""

import json
import os
import threading
import time

#: A record that nothing takes along is written after this many seconds.
LINGER_S = 0.02

encode = json.JSONEncoder(default=repr, separators=(",", ":")).encode


def take_pipes():
    """Take fd 0 and fd 1 aside before user code can touch them.

    Returns `(commands, channel)`: a binary file to read commands from and the `Channel` that
    writes telemetry. From then on fd 0 is the null device (a child of a task that inherits it
    reads nothing, and cannot hang in its own start on Windows) and fd 1 is the log.
    """
    commands, telemetry = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.dup2(2, 1)
    return os.fdopen(commands, "rb"), Channel(telemetry)


def commands_in(stream):
    """Yield each command; ends when Solofleet is gone."""
    for line in stream:
        if line.strip():
            yield json.loads(line.decode("utf-8"))


class Channel(object):
    """Writes records; several threads may use it. Their order stays.

    A record that is `kept` rides along with the next one that is said, at the latest
    `LINGER_S` later: one write for a whole task is what keeps telemetry cheap.
    """

    def __init__(self, fd):
        self._fd = fd
        self._lock = threading.Lock()
        self._lines = []
        self._waiting = threading.Event()
        threading.Thread(target=self._linger, name="telemetry", daemon=True).start()

    def say(self, kind, **fields):
        """Write a record now, behind all that was kept."""
        fields.update(kind=kind, t=time.time())
        self.write(encode(fields))

    def write(self, line):
        """Write an encoded record now, behind all that was kept."""
        with self._lock:
            self._lines.append(line)
            self._flush()

    def keep(self, line):
        """Hold an encoded record back for a moment."""
        with self._lock:
            self._lines.append(line)
        if not self._waiting.is_set():
            self._waiting.set()

    def _linger(self):
        while True:
            self._waiting.wait()
            time.sleep(LINGER_S)
            self._waiting.clear()
            with self._lock:
                self._flush()

    def _flush(self):
        if not self._lines:
            return
        data = ("\n".join(self._lines) + "\n").encode("utf-8")
        self._lines = []
        while data:
            data = data[os.write(self._fd, data) :]

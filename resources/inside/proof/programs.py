"""Runs commands, each in a session of its own, and keeps what they print last.

POSIX only. Standard library only, Python 3.8.
"""

import collections
import os
import subprocess
import threading
import time

from solofleet_inside.proof import processes

KEPT = 60
LONGEST = 2000


class Failed(Exception):
    """A step did not hold; `facts` say how."""

    def __init__(self, **facts):
        super(Failed, self).__init__(facts)
        self.facts = facts


class Program(object):
    """One command; `lines` are the last that it printed on either pipe.

    `say` is told of a line now and then: the first, and then at most ten a second.
    """

    def __init__(self, argv, env, cwd, say=lambda line: None):
        self.lines = collections.deque(maxlen=KEPT)
        self._say = say
        self._popen = subprocess.Popen(
            argv,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.pid = self._popen.pid
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        told = 0.0
        stream = self._popen.stdout
        for data in iter(lambda: stream.readline(LONGEST), b""):
            line = data.decode("utf-8", "replace").rstrip()
            if not line:
                continue
            self.lines.append(line)
            if time.monotonic() - told > 0.1:
                told = time.monotonic()
                self._say(line)

    def code(self):
        """How it ended, negative for a signal, once its last line is read; None while it runs."""
        code = self._popen.poll()
        if code is not None:
            self._reader.join(1.0)  # a grandchild may hold the pipe
        return code

    def wait(self, limit_s):
        """Its exit code. Raises Failed with `overdue` when it does not end in time."""
        try:
            self._popen.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise Failed(overdue=limit_s, lines=self.last()) from None
        return self.code()

    def last(self):
        """The last lines."""
        return list(self.lines)[-30:]

    def close(self):
        """End it and what it started."""
        processes.kill(processes.family(self.pid))
        self._popen.wait()
        self._reader.join(1.0)
        if not self._reader.is_alive():
            self._popen.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def shell(command):
    """How Render's shell gets a command."""
    bash = next((path for path in ("/bin/bash", "/usr/bin/bash") if os.path.exists(path)), None)
    return [bash or "/bin/sh", "-c", command]


def output(argv, env, limit_s=30.0):
    """What a program prints; None when it is not there, fails, or takes longer."""
    try:
        done = subprocess.run(
            argv,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limit_s,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace").strip()

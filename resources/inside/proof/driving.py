"""Asks the app what it comes to, sends its tasks: calls.py in the environment that was built.

Standard library only, Python 3.8.
"""

import json
import os
import queue
import subprocess
import threading
import time

from solofleet_inside.proof import processes
from solofleet_inside.proof.programs import Failed

FINAL = ("SUCCESS", "FAILURE", "REVOKED", "REJECTED", "IGNORED")


class Driver(object):
    """One `calls.py`; `env` is its whole environment, `broker` the variables of the broker.

    Raises Failed with `what`, `why`, `fix` when the app cannot be imported within the time.
    """

    def __init__(self, python, inside, app, cwd, env, broker, limit_s):
        self._number = 0
        self._records = queue.Queue()
        self._popen = subprocess.Popen(
            [python, os.path.join(inside, "calls.py")],
            env=env,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        argv = ["celery", "-A", app, "worker"]
        start = {"app": app, "workdir": cwd, "broker": broker, "plain": True, "argv": argv}
        try:
            self._say(start)
            hello = self._next(limit_s, "importing %s" % app)
            if hello["kind"] == "error":
                raise Failed(**{key: hello[key] for key in ("what", "why", "fix")})
        except BaseException:  # Ctrl+C too: the bridge does not outlive it
            self.close()
            raise

    def call(self, kind, limit_s=20.0, **fields):
        """The answer to one call. Raises Failed."""
        self._number += 1
        self._say(dict(fields, id=self._number, kind=kind))
        answer = self._next(limit_s, kind)
        if answer["kind"] == "error":
            raise Failed(**{key: answer[key] for key in ("what", "why", "fix")})
        return answer

    def send(self, id_, task, args, kwargs, queue_name):
        """Send one task. Raises Failed."""
        sent = self.call("send", task=task, ids=[id_], args=args, kwargs=kwargs, queue=queue_name)
        if not sent["sent"]:
            raise Failed(what="%s could not be sent" % task, why=sent["error"], fix="")

    def final(self, id_):
        """`{"state", "result"}` once it has ended; None before."""
        found = self.call("results", ids=[id_])["results"].get(id_)
        return found if found is not None and found["state"] in FINAL else None

    def ask(self, what, node, **more):
        """The reply of one worker; None when it does not answer."""
        asked = self.call("inspect", what=what, destination=[node], timeout_s=2.0, **more)
        return asked["replies"].get(node)

    def close(self):
        """End it."""
        processes.kill(processes.family(self._popen.pid))
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout):
            try:
                stream.close()
            except OSError:
                pass

    def _say(self, message):
        try:
            self._popen.stdin.write(json.dumps(message).encode("utf-8") + b"\n")
            self._popen.stdin.flush()
        except OSError:
            pass  # it is gone, which its answer tells

    def _read(self):
        try:
            for line in self._popen.stdout:
                self._records.put(json.loads(line.decode("utf-8")))
        except ValueError:
            pass  # closed meanwhile
        self._records.put(None)

    def _next(self, limit_s, doing):
        try:
            record = self._records.get(timeout=limit_s)
        except queue.Empty:
            raise Failed(
                what="%s gave no answer within %g s" % (doing, limit_s),
                why="the app hangs while it is imported, or waits for something that is not here",
                fix="import it by hand with these variables, and see where it stays",
                overdue=limit_s,
            ) from None
        if record is None:
            raise Failed(
                what="%s ended the interpreter" % doing,
                why="something that it imports ends the process",
                fix="import it by hand to see",
            )
        return record


def until(holds, limit_s, pause_s=0.1):
    """What `holds()` gives once that is true; None after the time."""
    end = time.monotonic() + limit_s
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > end:
            return None
        time.sleep(pause_s)

"""Runs the start command of a web service, and asks the path of its health check.

Standard library only, Python 3.8.
"""

import http.client
import time

from solofleet_inside.proof import processes
from solofleet_inside.proof.driving import until
from solofleet_inside.proof.programs import Failed, Program, shell

ANSWERS_S = 5.0
"""Render takes an answer for none that takes longer (https://render.com/docs/health-checks)."""
SETTLES_S = 5.0
"""How long an answer may be a bad one, or a port another one, before it counts."""


def serve(command, env, cwd, port, path, limit_s, say):
    """Start it with PORT, and ask it until it answers with 2xx or 3xx.

    `{"status", "ready_s", "host"}`; without a path an open port is enough, and status None. Raises
    Failed: `code` where it ended, `status` where the answer is another, `ports` where it listens
    elsewhere, `host` where only this machine reaches it.
    """
    env = dict(env, PORT=str(port))
    began = time.monotonic()
    with Program(shell(command), env, cwd, say) as program:
        answered = _Answers(program, port, path)
        good = until(answered.good, limit_s, 0.2)
        if good is None:
            raise Failed(overdue=limit_s, status=answered.status, lines=program.last())
        ports = processes.listening(processes.family(program.pid))
        ready_s = time.monotonic() - began
        host = ports.get(port, "")
        if host.startswith("127.") or host == "::1":
            raise Failed(host=host, lines=program.last())
        return {"status": answered.status, "ready_s": ready_s, "host": host}


class _Answers(object):
    def __init__(self, program, port, path):
        self.status = None
        self._program = program
        self._port = port
        self._path = path
        self._since = None

    def good(self):
        if self._program.code() is not None:
            raise Failed(code=self._program.code(), lines=self._program.last())
        if not self._path:
            self._refuse_other_ports()
            return self._port in processes.listening(processes.family(self._program.pid))
        self.status = self._ask()
        if self.status is None:
            self._refuse_other_ports()
            return False
        self._since = self._since or time.monotonic()
        if 200 <= self.status < 400:
            return True
        if time.monotonic() - self._since > SETTLES_S:
            raise Failed(status=self.status, lines=self._program.last())
        return False

    def _refuse_other_ports(self):
        """What listens elsewhere, and has done so for a while, is not on its way to this port."""
        ports = processes.listening(processes.family(self._program.pid))
        if not ports or self._port in ports:
            return
        self._since = self._since or time.monotonic()
        if time.monotonic() - self._since > SETTLES_S:
            raise Failed(ports=ports, lines=self._program.last())

    def _ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWERS_S)
        try:
            connection.request("GET", self._path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

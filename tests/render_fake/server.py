"""The account behind a real address of this machine, live logs by WebSocket among it."""

import json
import logging
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from websockets.http11 import Request
from websockets.server import ServerProtocol

from tests.render_fake.account import KEY, Account, Json, problem

_silent = logging.Logger(__name__)
_silent.disabled = True  # it writes the headers of all requests down


@dataclass
class RenderServer:
    """A server on a port of its own; `url` is the base of the API."""

    account: Account
    url: str
    connections: list[socket.socket] = field(default_factory=list)
    subscribed: queue.Queue[str] = field(default_factory=queue.Queue)

    @property
    def env(self) -> dict[str, str]:
        """The variables that lead Solofleet there."""
        return {"RENDER_HOST": self.url, "RENDER_API_KEY": KEY}

    def cut_live(self) -> None:
        """Lose all WebSockets, as a network does."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()


@contextmanager
def render_server(account: Account) -> Iterator[RenderServer]:
    """Serve an account for the time of the block."""
    lock = threading.Lock()
    kept: list[socket.socket] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    served = RenderServer(account, f"http://127.0.0.1:{server.server_port}/v1")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            """Know it: a client that is still there keeps it open."""
            super().setup()
            kept.append(self.connection)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def _answer(self) -> None:
            if self.headers.get("Upgrade") == "websocket":
                self._live()
                return
            length = int(self.headers.get("Content-Length", "0"))
            url = f"http://{self.headers['Host']}{self.path}"
            content = self.rfile.read(length)
            asked = httpx.Request(self.command, url, headers=dict(self.headers), content=content)
            try:
                with lock:
                    told = account.handle(asked)
            except httpx.TransportError:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(told.status_code)
            for name, value in told.headers.items():
                if name.lower() != "content-length":
                    self.send_header(name, value)
            if told.status_code != 204:
                self.send_header("Content-Length", str(len(told.content)))
            self.end_headers()
            self.wfile.write(told.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer

        def _live(self) -> None:
            self.close_connection = True
            protocol = ServerProtocol(logger=_silent)
            head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
            protocol.receive_data(f"GET {self.path} HTTP/1.1\r\n{head}\r\n".encode())
            (asked,) = protocol.events_received()
            assert isinstance(asked, Request)
            if self.headers.get("Authorization") != f"Bearer {account.key}":
                refusal = problem(401, "unauthorized")
                answer = protocol.reject(refusal.status_code, refusal.text)
            else:
                answer = protocol.accept(asked)
            lines: queue.Queue[Json] = queue.Queue()
            if answer.status_code == 101:
                account.on_log.append(lines.put)
            protocol.send_response(answer)
            self._send(protocol)
            if answer.status_code == 101:
                served.connections.append(self.connection)
                served.subscribed.put(self.path)
                self._tell(protocol, lines)

        def _tell(self, protocol: ServerProtocol, lines: queue.Queue[Json]) -> None:
            params = httpx.URL(f"http://x{self.path}").params
            hang_up = threading.Thread(target=self._await_end, args=(lines,))
            hang_up.start()
            while line := lines.get():
                with lock:
                    wanted = line in account.matching(params)
                if wanted:
                    protocol.send_text(json.dumps(line).encode())
                    self._send(protocol)
            account.on_log.remove(lines.put)
            hang_up.join()

        def _await_end(self, lines: queue.Queue[Json]) -> None:
            with suppress(OSError):
                while self.connection.recv(4096):
                    break  # the first thing that a client says here is that it leaves
            lines.put({})

        def _send(self, protocol: ServerProtocol) -> None:
            with suppress(OSError):
                for data in protocol.data_to_send():
                    self.connection.sendall(data)

    server.RequestHandlerClass = Handler
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield served
    finally:
        served.cut_live()
        server.shutdown()
        thread.join()
        for connection in kept:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        server.server_close()

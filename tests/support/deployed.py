"""A project that is pushed to a bare repository and runs as Render would run it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.preflight import git, repository
from tests.support.waiting import wait_until

FILES: Mapping[str, str] = {
    "render.yaml": """\
services:
  - type: web
    name: api
    runtime: python
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    healthCheckPath: /health
    envVars: [{fromGroup: shop}]
  - type: worker
    name: jobs
    runtime: python
    startCommand: celery -A proj worker --loglevel=info --concurrency=4 -n celery@%h
    envVars: [{fromGroup: shop}]
""",
    "proj.py": """\
import os

from celery import Celery

app = Celery("proj", broker=os.environ["REDIS_URL"], backend=os.environ.get("RESULTS_URL"))


@app.task
def add(x, y):
    return x + y
""",
    ".env": "REDIS_URL=redis://127.0.0.1:1/0\n",
    ".gitignore": ".env\n",
}
START = "celery -A proj worker --loglevel=info --concurrency=4 -n celery@%h"


class Pushed:
    """The clone of a developer, and the bare repository that it was pushed to."""

    def __init__(self, folder: Path) -> None:
        self.clone = repository(folder / "shop", {k: v for k, v in FILES.items() if k != ".env"})
        self.bare = folder / "origin.git"
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.bare))
        git(self.clone, "remote", "add", "origin", str(self.bare))
        git(self.clone, "push", "-q", "-u", "origin", "main")
        (self.clone / ".env").write_text(FILES[".env"])
        self.commit = git(self.clone, "rev-parse", "HEAD").strip()

    def checkout(self, folder: Path) -> Path:
        """What Render builds: the commit, and nothing that was not pushed."""
        git(folder.parent, "clone", "-q", str(self.bare), str(folder))
        git(folder, "checkout", "-q", self.commit)
        return folder


class Machine:
    """A worker, started with these variables alone; `on_line` gets what it prints."""

    def __init__(
        self,
        python: Path,
        folder: Path,
        command: str,
        host: str,
        group: Mapping[str, str],
        on_line: Callable[[str], object] = lambda line: None,
    ) -> None:
        self.lines: list[str] = []
        self.on_line = on_line
        words = command.replace("%h", host).split()
        self.process = subprocess.Popen(
            [str(python), "-m", *words],
            cwd=folder,
            env={"PATH": f"{python.parent}:/usr/bin:/bin", "HOME": str(folder), **group, **_ROOT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            self.on_line(line.rstrip())

    def until(self, part: str, limit_s: float = 60) -> None:
        """Wait until it has printed this."""
        wait_until(
            lambda: self.process.poll() is not None or any(part in line for line in self.lines),
            limit_s,
            f"{part!r} in {self.lines[-20:]}",
        )
        assert any(part in line for line in self.lines), self.lines[-20:]

    def kill(self) -> None:
        """What Render does in the end: all its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def close(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
        self._reading.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


_ROOT = {"C_FORCE_ROOT": "1"} if sys.platform != "win32" and os.geteuid() == 0 else {}


@contextmanager
def machine(
    python: Path, folder: Path, command: str, host: str, group: Mapping[str, str]
) -> Iterator[Machine]:
    """A worker that is ready, for the time of the block."""
    started = Machine(python, folder, command, host, group)
    try:
        started.until(" ready.")
        yield started
    finally:
        started.close()


@contextmanager
def site(answers: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """A web server with these answers by path; any other path is 404."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            status, text = answers.get(self.path, (404, ""))
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

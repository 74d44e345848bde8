"""Processes that nobody minds, ports, room on the disk."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from core.doctor.finding import State
from core.doctor.machine import LITTLE, room
from core.project.folder import project_name
from core.workers.mark import mark_of_this_process
from tests.support.doctor import plant, visit, wrong
from tests.support.venvs import python_with_celery
from tests.support.waiting import wait_until


@pytest.mark.parametrize(
    ("free", "state"),
    [(LITTLE, State.OK), (LITTLE - 1, State.WARNING), (1_000_000, State.FAULT)],
)
def test_room_on_the_disk(free: int, state: State) -> None:
    assert room(free, Path("logs")).state is state


if sys.platform != "win32":
    from tests.support.broker import Server

    ORPHAN = "import subprocess, sys; subprocess.Popen(sys.argv[1:], start_new_session=True)"

    async def test_a_worker_whose_terminal_is_gone(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p")
        python = str(python_with_celery("5.7.0"))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [python, "-m", "celery", "-A", "proj", "worker", "--pool=solo"]
        env = {"REDIS_URL": server.url}
        starter = [sys.executable, "-c", ORPHAN, *command]
        subprocess.run(starter, cwd=folder, env=env, check=True, **quiet)

        def orphan() -> list[psutil.Process]:
            return [p for p in psutil.process_iter() if "proj" in _words(p) and _is_in(p, folder)]

        wait_until(lambda: bool(orphan()), 10, "the orphan")
        try:
            found = await visit(folder, server.url)
        finally:
            for process in orphan():
                process.kill()
        assert wrong(found) == {"zombies": State.FAULT}
        assert "runs without a terminal: pid" in found["zombies"].evidence

    def _words(process: psutil.Process) -> list[str]:
        try:
            return process.cmdline()
        except psutil.Error:
            return []

    def _is_in(process: psutil.Process, folder: Path) -> bool:
        try:
            return process.cwd() == str(folder)
        except psutil.Error:
            return False

    async def test_a_worker_in_a_terminal_is_attended(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p")
        python = str(python_with_celery("5.7.0"))
        command = [python, "-m", "celery", "-A", "proj", "worker", "--pool=solo"]
        env = {"REDIS_URL": server.url}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=folder, env=env, **quiet) as own:
            found = await visit(folder, server.url)
            own.kill()
        assert wrong(found) == {}
        assert f"pid {own.pid}" in found["zombies"].evidence

    async def test_what_an_earlier_solofleet_left(server: Server, tmp_path: Path) -> None:
        folder = plant(tmp_path / "p")
        mark = mark_of_this_process("worker1@box")
        child = {"title": mark.title, "pid": mark.pid, "created_at": mark.created_at}
        record = {"owner": None, "children": [child]}
        state = tmp_path / "home" / "state" / "solofleet" / project_name(folder)
        state.mkdir(parents=True)
        (state / "session.json").write_text(json.dumps(record), "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))
            found = await visit(folder, server.url)
        assert wrong(found) == {"zombies": State.FAULT}
        assert f"worker1@box (pid {mark.pid})" in found["zombies"].evidence

    async def test_a_port_that_is_taken(server: Server, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            ports = {"the web service": port}
            found = await visit(plant(tmp_path / "p"), server.url, ports=ports)
        assert wrong(found) == {"ports": State.WARNING}
        assert f"port {port}, for the web service, is taken by" in found["ports"].evidence

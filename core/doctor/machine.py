"""Checks of this machine: processes that nobody minds, ports, room on the disk.

They block: for a thread.
"""

import re
import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from core.doctor.case import Case
from core.doctor.finding import Seen, fault, ok, skipped, warning, worst
from core.doctor.web import find_web
from core.flower import port as flower_port
from core.logs.files import PART_BYTES, PARTS, log_folder
from core.project.declared import text_of
from core.workers.leftovers import left_behind

WEB_PORT: Final = 8000
_KEEPERS: Final = ("systemd", "init", "launchd")
_PORT: Final = re.compile(r"--port[ =](\d+)")
_MEGABYTE: Final = 1024 * 1024
LITTLE: Final = 4 * PARTS * PART_BYTES
"""What the logs of one run of four workers may take, in bytes."""


def zombies(case: Case) -> Seen:
    """Whether workers of this project run that nobody started or looks after any more."""
    left = [f"{mark.title} (pid {mark.pid})" for mark in left_behind(case.project.name)]
    wrong = [
        fault(f"left over from an earlier Solofleet: {', '.join(left)}", "solofleet up ends them")
    ] * bool(left)
    attended: list[str] = []
    for process in _workers(case.project.root, case.project.app):
        if _is_attended(process):
            attended.append(str(process.pid))
            continue
        evidence = f"a celery worker of this project runs without a terminal: pid {process.pid}"
        wrong.append(fault(evidence, f"end it: {_kill(case, process.pid)}; it runs older code"))
    seen = f"workers in other terminals: pid {', '.join(attended)}" if attended else "none"
    return worst(wrong, ok(seen))


def _kill(case: Case, pid: int) -> str:
    return f"taskkill /F /T /PID {pid}" if case.windows else f"kill {pid}"


def _workers(root: Path, app: str) -> list[psutil.Process]:
    """Main processes of `celery -A APP worker` that run somewhere in the project."""
    found = {process.pid: process for process in psutil.process_iter() if _is_worker(process, app)}
    kept: list[psutil.Process] = []
    for process in found.values():
        with suppress(psutil.Error, OSError):
            if process.ppid() not in found and Path(process.cwd()).is_relative_to(root):
                kept.append(process)
    return kept


def _is_worker(process: psutil.Process, app: str) -> bool:
    with suppress(psutil.Error, OSError):
        words = process.cmdline()
        celery = any(Path(word).name.startswith("celery") for word in words[:4])
        named = any(app.partition(":")[0] in word for word in words)
        return celery and named and "worker" in words
    return False


def _is_attended(process: psutil.Process) -> bool:
    """A parent that has ended leaves its children to the system's first process, or to none."""
    with suppress(psutil.Error, OSError):
        parent = process.parent()
        return parent is not None and parent.pid > 1 and parent.name() not in _KEEPERS
    return True


def ports(case: Case) -> Seen:
    """Whether the ports of web service and Flower are free."""
    wanted = dict(case.ports if case.ports is not None else _ports(case))
    if not wanted:
        return skipped("there is no web service, and no Flower")
    return _taken(wanted)


def _ports(case: Case) -> Iterator[tuple[str, int]]:
    lines = [
        line
        for file in case.tree.declaring
        if not file.name.startswith(".env")
        for line in text_of(file).splitlines()
    ]
    if find_web(case) is not None:
        web = next((line for line in lines if "uvicorn" in line or "gunicorn" in line), "")
        yield "the web service", _port(web, WEB_PORT)
    flower = next((line for line in lines if re.search(r"\bcelery\b.*\bflower\b", line)), None)
    if flower is not None or case.versions.flower is not None:
        yield "Flower", _port(flower or "", flower_port.DEFAULT)


def _port(line: str, usual: int) -> int:
    found = _PORT.search(line)
    return int(found[1]) if found else usual


def _taken(wanted: dict[str, int]) -> Seen:
    wrong = [
        warning(
            f"port {port}, for {what}, is taken by {_holder(port)}",
            f"stop that, or give {what} another one with --port",
        )
        for what, port in wanted.items()
        if _answers(port)
    ]
    free = ", ".join(f"{port} ({what})" for what, port in wanted.items())
    return worst(wrong, ok(f"free: {free}"))


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1.0):
            return True
    except OSError:
        return False


def _holder(port: int) -> str:
    with suppress(psutil.Error, OSError):  # rights that we may lack
        for one in psutil.net_connections("inet"):
            listens = one.status == psutil.CONN_LISTEN and one.pid
            if listens and tuple(one.laddr)[1:2] == (port,):
                with suppress(psutil.Error, OSError):
                    return f"{psutil.Process(one.pid).name()} (pid {one.pid})"
                return f"pid {one.pid}"
    return "another program"


def disk(case: Case) -> Seen:
    """Whether there is room for the logs."""
    folder = log_folder(case.project.name)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return room(shutil.disk_usage(there).free, folder)


def room(free: int, folder: Path) -> Seen:
    """The verdict on so many free bytes in the folder of the logs."""
    evidence = f"{free // _MEGABYTE} MB are free for logs in {folder}"
    if free < 20 * _MEGABYTE:
        return fault(evidence, "make room: workers that cannot write go on without log files")
    if free < LITTLE:
        return warning(evidence, f"four workers may write {LITTLE // _MEGABYTE} MB in one run")
    return ok(evidence)

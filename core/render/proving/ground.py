"""Where Linux is at hand: this machine, WSL, or Docker, found by asking them.

Each of them runs `python3 -c BOOT` and takes all else from its standard input, so that neither
paths nor secrets are in any argument. https://learn.microsoft.com/windows/wsl/basic-commands,
https://docs.docker.com/reference/cli/docker/container/run/
"""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from core.errors import UNAVAILABLE, FleetError
from core.project.asking import ask_program

BOOT: Final = "import sys;exec(sys.stdin.buffer.readline())"
"""Runs the first line of standard input. No quote in it, which wsl.exe would take apart."""
DEADLINE_S: Final = 20.0
"""WSL starts a machine when it is first asked."""
_NOT_FOR_PEOPLE: Final = ("docker-desktop", "rancher-desktop", "podman-machine")
"""Distributions that programs keep for themselves."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A Linux: what people call it, the command that runs BOOT there, variables for that command.

    `here`: it is this machine itself, and programs of this machine run there.
    """

    label: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    here: bool = False


async def find_ground(
    python: str,
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> Ground:
    """The first of them that answers; `python` is the version that Render takes, as 3.13.5.

    Raises FleetError that says what was asked, and what would help.
    """
    if platform == "linux":
        frozen = getattr(sys, "frozen", False)
        program = "python3" if frozen else sys.executable
        return Ground("this machine", (program, "-c", BOOT), environ, here=True)
    asked: list[str] = []
    if platform == "win32":
        found = await _wsl(which("wsl.exe"), environ, asked)
        if found is not None:
            return found
    found = await _docker(which("docker"), python, environ, asked)
    if found is not None:
        return found
    raise FleetError(
        "no Linux was found on this machine",
        "; ".join(asked),
        "install WSL (wsl --install) or start Docker, and try again; or run it on Linux",
        exit_code=UNAVAILABLE,
    )


async def _wsl(wsl: str | None, environ: Mapping[str, str], asked: list[str]) -> Ground | None:
    if wsl is None:
        asked.append("there is no wsl.exe")
        return None
    env = {**environ, "WSL_UTF8": "1"}  # before that variable was known: UTF-16
    names = await _said((wsl, "--list", "--quiet"), env)
    if names is None:
        asked.append("WSL is not set up")
        return None
    for name in filter(None, (line.strip() for line in names.splitlines())):
        if name.startswith(_NOT_FOR_PEOPLE):
            continue
        enter = (wsl, "--distribution", name, "--exec", "python3")
        if await _said((*enter, "--version"), env) is not None:
            return Ground(f"WSL ({name})", (*enter, "-c", BOOT), env)
        asked.append(f"{name} in WSL has no python3")
    if not any("in WSL" in each for each in asked):
        asked.append("WSL has no distribution")
    return None


async def _docker(
    docker: str | None, python: str, environ: Mapping[str, str], asked: list[str]
) -> Ground | None:
    if docker is None:
        asked.append("there is no docker")
        return None
    system = await _said((docker, "version", "--format", "{{.Server.Os}}"), environ)
    if system is None or system.strip() != "linux":
        told = "Docker does not run" if system is None else "Docker runs containers of Windows"
        asked.append(told)
        return None
    image = f"python:{python}-slim"
    # What Render has is x86-64; --init collects what a worker leaves.
    run = (docker, "run", "--rm", "--interactive", "--init", "--platform", "linux/amd64", image)
    return Ground(f"Docker ({image})", (*run, "python3", "-c", BOOT), environ)


async def _said(argv: tuple[str, ...], environ: Mapping[str, str]) -> str | None:
    """What a program prints; None when it fails, or takes too long."""
    try:
        answer = await ask_program(argv, environ, deadline_s=DEADLINE_S)
    except OSError:  # a TimeoutError is one, too
        return None
    if answer.code:
        return None
    out = answer.out
    return out.decode("utf-16-le" if b"\0" in out else "utf-8", "replace").lstrip("\ufeff")

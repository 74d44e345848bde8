"""Asks a program something, and does not wait for what its children keep open."""

import asyncio
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_KILLED_S: Final = 5.0
"""`wait` of asyncio ends when the pipes are closed, which children of the killed may keep open."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said, and the code that it ended with."""

    code: int | None
    out: bytes
    err: bytes


async def ask_program(
    argv: Sequence[str], environ: Mapping[str, str], *, deadline_s: float
) -> Answer:
    """Run a program to its end. Raises OSError when it cannot be started.

    Raises TimeoutError when it takes longer; it is killed then, and whenever the caller leaves.
    """
    child = await asyncio.create_subprocess_exec(
        *argv,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environ,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        async with asyncio.timeout(deadline_s):
            out, err = await child.communicate()
    finally:
        if child.returncode is None:
            await _kill(child)
    return Answer(child.returncode, out, err)


async def _kill(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.kill()
    try:
        async with asyncio.timeout(_KILLED_S):
            await child.wait()
    except TimeoutError:
        child._transport.close()  # type: ignore[attr-defined]  # nothing else closes its pipes

"""Whether source compiles, by the interpreter that is going to run it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from core.places import INSIDE
from core.workers.containment import Containment
from core.workers.process import ChildSpec, Exit, spawn
from core.workers.spec import WorkerSpec


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is no Python; `line` counts from 1, None when it is not known."""

    file: Path
    line: int | None
    message: str


async def faults(
    files: Iterable[Path], spec: WorkerSpec, containment: Containment
) -> tuple[Fault, ...]:
    """The files that do not compile. When nobody can say, none: a start will tell.

    Raises FleetError when the interpreter does not start.
    """
    said = _Said()
    argv = (str(spec.python), "-I", str(INSIDE / "syntax.py"))
    child = await spawn(
        ChildSpec("the syntax check", argv, spec.environment(), spec.workdir, takes_commands=True),
        said,
        containment,
    )
    try:
        child.send(json.dumps([str(file) for file in files]).encode() + b"\n")
        child.end_input()
        await child.wait()
    finally:
        child.kill()
    try:
        found = cast("list[dict[str, Any]]", json.loads(said.text))
    except ValueError:
        return ()
    return tuple(Fault(Path(one["file"]), one["line"], one["message"]) for one in found)


class _Said:
    """The listener: what it wrote."""

    def __init__(self) -> None:
        self.text = b""

    def out(self, chunk: bytes) -> None:
        self.text += chunk

    def err(self, chunk: bytes) -> None:
        pass

    def exited(self, exit: Exit) -> None:
        pass

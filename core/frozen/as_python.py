"""Does as `python` does, for the Python that a built program has beside it.

    solofleet-python [OPTIONS] -c CODE | -m MODULE | SCRIPT [ARGUMENTS]

`core.frozen.own` says what it is for. The bootloader has initialised the interpreter when this
runs, so only those options do something that say what is imported from where: -P, -I, -E and -S.
The others of Python are taken and change nothing; output is UTF-8 and not held back.
"""

import io
import os
import platform
import runpy
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Final

_WITH_VALUE: Final = frozenset("XW")
_USAGE: Final = "solofleet-python runs Solofleet's own parts, as python does: -c, -m or a script\n"
_WRONG: Final = 2


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be run: `kind` is "-c", "-m", "-V" or "script"; `arguments` begin behind it."""

    kind: str
    target: str
    arguments: tuple[str, ...]
    flags: frozenset[str]

    @property
    def is_safe(self) -> bool:
        """Whether the folder of the script, or the working directory, is not imported from."""
        return bool(self.flags & {"P", "I"})

    @property
    def heeds_variables(self) -> bool:
        """Whether PYTHONPATH counts."""
        return not self.flags & {"E", "I"}


def read(argv: Sequence[str]) -> Run | None:
    """Read a command line of Python's; None where it names nothing to run."""
    flags: set[str] = set()
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word in ("-V", "--version"):
            return Run("-V", "", (), frozenset(flags))
        if not word.startswith("-"):
            return Run("script", word, tuple(rest), frozenset(flags))
        for at, letter in enumerate(word[1:], start=2):
            behind = word[at:]
            if letter in ("c", "m"):
                target = behind or (rest.pop(0) if rest else "")
                run = Run(f"-{letter}", target, tuple(rest), frozenset(flags))
                return run if target else None
            if letter in _WITH_VALUE:
                if not behind and rest:
                    rest.pop(0)
                break
            flags.add(letter)
    return None


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line names; the exit code, unless that ends the program itself."""
    run = read(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", write_through=True)
    if run is None:
        sys.stderr.write(_USAGE)
        return _WRONG
    if run.kind == "-V":
        sys.stdout.write(f"Python {platform.python_version()}\n")
        return 0
    _see_modules(run)
    match run.kind:
        case "-c":
            sys.argv[:] = ["-c", *run.arguments]
            module = ModuleType("__main__")
            sys.modules["__main__"] = module
            exec(compile(run.target, "<string>", "exec"), vars(module))
        case "-m":
            sys.argv[:] = [run.target, *run.arguments]
            runpy.run_module(run.target, run_name="__main__", alter_sys=True)
        case _:
            sys.argv[:] = [run.target, *run.arguments]
            runpy.run_path(run.target, run_name="__main__")
    return 0


def _see_modules(run: Run) -> None:
    """Make `sys.path` what Python makes of the command line and PYTHONPATH."""
    folders = os.environ.get("PYTHONPATH", "").split(os.pathsep) if run.heeds_variables else []
    sys.path[:0] = [folder for folder in folders if folder]
    if not run.is_safe:
        own = {"-c": "", "-m": os.getcwd()}  # noqa: PTH109  # text
        here = own.get(run.kind)
        sys.path.insert(0, os.path.dirname(os.path.abspath(run.target)) if here is None else here)  # noqa: PTH100, PTH120
    if any(folders) and "S" not in run.flags:
        with suppress(ImportError):
            __import__("sitecustomize")


if __name__ == "__main__":
    sys.exit(main())

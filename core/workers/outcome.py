"""How a process ended, in words."""

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.workers.cause import likely_cause
from core.workers.process import Exit


@dataclass(frozen=True, slots=True)
class Outcome:
    """`words` continue "worker1@box …"; `cause` is a guess, None when nothing tells.

    `killed_from_outside`: a signal that programs do not send themselves ended it. On
    Windows TerminateProcess leaves code 1, like any error, so there it is mostly unknown.
    """

    words: str
    cause: str | None
    killed_from_outside: bool


def describe(
    exit: Exit, last_lines: Sequence[str], *, windows: bool = sys.platform == "win32"
) -> Outcome:
    """Tell how a process ended. The last of its lines that says something gives the cause.

    A normal end and a kill from outside have no cause in the lines: what stands there is
    about something else, such as a task that failed before.
    """
    cause = likely_cause(last_lines) if exit.code != 0 else None
    if exit.signal is not None:
        words, outside = _by_signal(exit.signal)
    elif exit.code in _NTSTATUS:
        words, outside = _NTSTATUS[exit.code]
    else:
        words, outside = _by_code(exit.code, windows and cause is None), False
    return Outcome(words, None if outside else cause, outside)


# POSIX signals: what most often sends them, and whether that is somebody else.
_SIGNALS: Final = {
    "SIGKILL": ("killed from outside, or the system was out of memory", True),
    "SIGTERM": ("asked to end from outside", True),
    "SIGINT": ("interrupted from outside", True),
    "SIGHUP": ("its terminal was closed", True),
    "SIGQUIT": ("asked to quit from outside", True),
    "SIGSEGV": ("memory fault in C code: often an extension module", False),
    "SIGBUS": ("memory fault in C code, or a mapped file that shrank", False),
    "SIGILL": ("a library was built for another processor", False),
    "SIGFPE": ("arithmetic fault in C code", False),
    "SIGABRT": ("it aborted itself: a fatal error in Python or a C library", False),
    "SIGPIPE": ("it wrote to a pipe that nobody reads", False),
    "SIGXCPU": ("it used up its CPU time limit", True),
    "SIGSYS": ("it made a system call that is forbidden here", False),
}

# Windows exit codes above 0x80000000: learn.microsoft.com, [MS-ERREF] 2.3.1 NTSTATUS Values.
_NTSTATUS: Final = {
    0xC0000005: ("crashed (0xC0000005): memory fault in C code, often an extension module", False),
    0xC000001D: ("crashed (0xC000001D): a library was built for another processor", False),
    0xC0000017: ("ended (0xC0000017): Windows was out of memory", False),
    0xC00000FD: ("crashed (0xC00000FD): stack overflow, often endless recursion", False),
    0xC0000135: ("could not start (0xC0000135): a DLL is missing", False),
    0xC0000139: ("could not start (0xC0000139): a DLL has the wrong version", False),
    0xC000013A: ("was ended (0xC000013A): Ctrl+C, or its console was closed", True),
    0xC0000142: ("could not start (0xC0000142): a DLL failed, often at logoff", False),
    0xC0000374: ("crashed (0xC0000374): C code damaged the heap", False),
    0xC0000409: ("crashed (0xC0000409): C code found its stack or state damaged", False),
    0x40010004: ("was ended (0x40010004): logoff or a debugger", True),
    0x80000003: ("crashed (0x80000003): a breakpoint or an assertion in C code", False),
}


def _by_signal(number: int) -> tuple[str, bool]:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    why, outside = _SIGNALS.get(name, ("", False))
    return f"was ended by {name}" + (f": {why}" if why else ""), outside


def _by_code(code: int | None, perhaps_terminated: bool) -> str:
    if code == 0:
        return "ended normally (code 0)"
    if code == 1 and perhaps_terminated:
        return "ended with code 1: an error, or it was ended from outside (Task Manager, taskkill)"
    if code is not None and code > 0xFFFF:
        return f"ended with code {code} (0x{code:08X})"
    if code is not None and (name := _SHELL_CODES.get(code)):
        return f"ended with code {code}: {name}"
    return f"ended with code {code}"


# What shells and the command line say by their own codes (POSIX, "Exit Status for Commands").
_SHELL_CODES: Final = {
    2: "its command line was refused",
    126: "the program may not be run",
    127: "there is no such program",
    130: "interrupted (128 + SIGINT)",
    137: "a program inside it was killed, or out of memory (128 + SIGKILL)",
    139: "a program inside it crashed (128 + SIGSEGV)",
    143: "a program inside it was asked to end (128 + SIGTERM)",
}

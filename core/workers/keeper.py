"""The process that ends every child when Solofleet is gone (POSIX).

Run by its path as `python -I -S keeper.py TOKEN`, in a session of its own, so it
uses the standard library only. It reads lines from a pipe that Solofleet holds:
`+PGID` (a child and its process group) and `-PGID` (that group is over). When the
pipe ends, for whatever reason, every group still known is killed with SIGKILL, and
on Linux also whoever carries TOKEN in its environment: a descendant that left its
group, or a child that was born in the instant of the death. A child that ignores
signals or holds the GIL in C code cannot outlive that, as it could outlive a watcher
inside itself.
"""

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TOKEN_VARIABLE = "SOLOFLEET_SESSION"
HUNT_S = 1.0
_PROC = Path("/proc")


def started_at(pid: int) -> int | None:
    """Start time of a process in clock ticks since boot; None when it is not there.

    Also None where there is no /proc. Field 22 of /proc/PID/stat, counted behind the
    command name, which may hold anything (man 5 proc).
    """
    try:
        fields = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
        return int(fields[19])
    except (OSError, IndexError):
        return None


def kill_group(pgid: int, started: int | None) -> None:
    """SIGKILL to a whole process group, unless its number belongs to another by now.

    `started` is what `started_at` said of the group's leader at the time it was ours.
    A number cannot be given anew while a member of its group lives, so a leader that
    is gone (None) is no reason to hold back.
    """
    if started_at(pgid) in (None, started):
        with suppress(OSError):  # all gone already, or (macOS) only zombies left
            os.killpg(pgid, signal.SIGKILL)


def marked(token: str) -> tuple[int, ...]:
    """The processes whose variable carries the token; none where there is no /proc.

    A process that overwrites its title may lose the mark (setproctitle does that).
    """
    wanted = token.encode()
    return tuple(pid for pid in _pids() if wanted in _mark_of(pid))


def _pids() -> Iterable[int]:
    with suppress(FileNotFoundError):
        for entry in os.scandir(_PROC):
            if entry.name.isdigit():
                yield int(entry.name)


def _mark_of(pid: int) -> bytes:
    """The value of the variable in the environment that it was started with; empty without."""
    try:
        variables = (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:  # gone, or another user's
        return b""
    name = f"{TOKEN_VARIABLE}=".encode()
    return next((each[len(name) :] for each in variables if each.startswith(name)), b"")


def kill_marked(token: str, hunt_s: float = 0.0) -> None:
    """SIGKILL to all that carry the token, again until none is left or the time is up."""
    deadline = time.monotonic() + hunt_s
    while found := marked(token):
        for pid in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() >= deadline:
            return
        time.sleep(0.01)  # SIGKILL takes effect at once but for processes inside the kernel


def keep(lines: Iterable[bytes], token: str) -> None:
    """Keep account of the groups until the lines end, then kill those that are left."""
    groups: dict[int, int | None] = {}
    for line in lines:
        if not line.endswith(b"\n"):
            break  # Solofleet died in the middle of a number
        pgid = int(line[1:])
        if line.startswith(b"+"):
            groups[pgid] = started_at(pgid)
        else:
            groups.pop(pgid, None)
    for pgid, started in groups.items():
        kill_group(pgid, started)
    kill_marked(token, HUNT_S)


def main() -> None:
    """Hear nothing but the pipe: what stops Solofleet must not stop its keeper first."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    keep(sys.stdin.buffer, sys.argv[1])


if __name__ == "__main__":
    main()

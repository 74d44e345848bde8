"""The process that ends every child when Solofleet is gone (POSIX).

Run by its path as `python -I -S keeper.py TOKEN`, in a session of its own, so it
uses the standard library only. It reads lines from a pipe that Solofleet holds:
`+PGID` (a child and its process group) and `-PGID` (that group is over). When the
pipe ends, for whatever reason, every group still known is killed with SIGKILL, and
on Linux also whoever carries TOKEN in its environment: a descendant that left its
group, or a child that was born in the instant of the death, which is waited for
until it has its environment. A child that ignores signals or holds the GIL in C code
cannot outlive that, as it could outlive a watcher inside itself.
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
YOUNG_S = 5.0
"""Who has lived for so long is on no way to its exec: another Solofleet, started alike, say."""
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


def kill_marked(token: str) -> bool:
    """SIGKILL to all that carry the token; whether there was any."""
    found = marked(token)
    for pid in found:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return bool(found)


class Origin:
    """What a process looks like from its fork to the end of its exec.

    Until exec a child shows the command and the environment of the one that started it, then for
    a moment no environment (execve builds that last), and only then the mark that it was given.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._image = _image_of(pid)

    def unborn(self) -> bool:
        """Whether a child of it may be there whose mark is still to come."""
        return any(map(self._is_unborn, _pids()))

    def _is_unborn(self, pid: int) -> bool:
        if pid == self._pid or not _is_young(pid):
            return False
        image = _image_of(pid)
        return (image == self._image or image[1] == b"") and _has_program(pid)


def hunt(token: str, origin: Origin) -> None:
    """Kill all that carry the token until none is left or to come, or HUNT_S are over."""
    deadline = time.monotonic() + HUNT_S
    while True:
        unborn = origin.unborn()  # asked first: who is marked by now is found by the next line
        if not (kill_marked(token) or unborn) or time.monotonic() >= deadline:
            return
        time.sleep(0.01)  # SIGKILL takes effect at once but for processes inside the kernel


def _pids() -> list[int]:
    with suppress(FileNotFoundError):
        return [int(folder.name) for folder in _PROC.iterdir() if folder.name.isdigit()]
    return []


def _mark_of(pid: int) -> bytes:
    """The value of the variable in the environment that it was started with; empty without."""
    name = f"{TOKEN_VARIABLE}=".encode()
    variables = (_read(pid, "environ") or b"").split(b"\0")
    return next((each[len(name) :] for each in variables if each.startswith(name)), b"")


def _image_of(pid: int) -> tuple[bytes | None, bytes | None]:
    """Command and environment, read in this order since exec changes both."""
    return _read(pid, "cmdline"), _read(pid, "environ")


def _read(pid: int, name: str) -> bytes | None:
    try:
        return (_PROC / str(pid) / name).read_bytes()
    except OSError:  # gone, or another user's
        return None


def _is_young(pid: int) -> bool:
    started = started_at(pid)
    now = time.clock_gettime(time.CLOCK_BOOTTIME)
    return started is not None and started >= (now - YOUNG_S) * os.sysconf("SC_CLK_TCK")


def _has_program(pid: int) -> bool:
    """False of a zombie and of a thread of the kernel, which have no environment either."""
    try:
        return bool((_PROC / str(pid) / "exe").readlink())
    except OSError:
        return False


def keep(lines: Iterable[bytes], token: str, origin: Origin) -> None:
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
    hunt(token, origin)


def main() -> None:
    """Hear nothing but the pipe: what stops Solofleet must not stop its keeper first."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    keep(sys.stdin.buffer, sys.argv[1], Origin(os.getppid()))


if __name__ == "__main__":
    main()

"""Processes as /proc tells of them: families, memory, sockets. Linux only.

A process is `(pid, started)`, with its start in ticks since boot, so that no reuse of a number can
be taken for it. Standard library only, Python 3.8.
"""

import ctypes
import os
import re
import signal
import time

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Become the parent of every descendant whose own parent ends (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def below(root):
    """The descendants of a process that run, parents before children."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = _stat(int(name))
            if stat is not None and stat[0] not in "ZX":
                children.setdefault(stat[1], []).append((int(name), stat[2]))
    found = []
    waiting = [root]
    while waiting:
        for process in children.get(waiting.pop(0), ()):
            found.append(process)
            waiting.append(process[0])
    return found


def family(root):
    """A process, if it runs, and its descendants."""
    stat = _stat(root)
    own = [] if stat is None or stat[0] in "ZX" else [(root, stat[2])]
    return own + below(root)


def living(processes):
    """Those of them that still run."""
    found = []
    for pid, started in processes:
        stat = _stat(pid)
        if stat is not None and stat[0] not in "ZX" and stat[2] == started:
            found.append((pid, started))
    return found


def kill(processes):
    """SIGKILL to each."""
    for pid, _ in living(processes):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def kill_below(root, limit_s=5.0):
    """SIGKILL to all descendants until there are none."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        left = below(root)
        if not left:
            return
        kill(left)
        time.sleep(0.02)


def pss(pid):
    """Bytes in proportion to how many share each page (proc(5)); None where that is not told."""
    return _kilobytes("/proc/%d/smaps_rollup" % pid, "Pss")


def own(pid):
    """Bytes that no other process has."""
    path = "/proc/%d/smaps_rollup" % pid
    parts = [_kilobytes(path, key) for key in ("Private_Clean", "Private_Dirty")]
    return None if None in parts else sum(parts)


def peak(pid):
    """The most resident bytes so far."""
    return _kilobytes("/proc/%d/status" % pid, "VmHWM")


def resident(pid):
    """Resident bytes now."""
    return _kilobytes("/proc/%d/status" % pid, "VmRSS")


def _kilobytes(path, key):
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            found = re.search(r"^%s:\s+(\d+) kB" % key, file.read(), re.MULTILINE)
    except OSError:
        return None
    return int(found.group(1)) * 1024 if found else None


def listening(processes):
    """`{port: host}` of the TCP ports on which these listen; the host as 127.0.0.1, 0.0.0.0, ::."""
    inodes = {inode for pid, _ in processes for inode in _sockets(pid)}
    ports = {}
    for path in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            with open(path, encoding="ascii") as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue
        for row in rows:
            if row[3] == "0A" and row[9] in inodes:
                host, port = row[1].split(":")
                ports[int(port, 16)] = _address(host)
    return ports


def _sockets(pid):
    folder = "/proc/%d/fd" % pid
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        try:
            link = os.readlink(os.path.join(folder, name))
        except OSError:
            continue  # closed meanwhile
        if link.startswith("socket:["):
            yield link[8:-1]


def _address(text):
    if not text.strip("0"):
        return "0.0.0.0" if len(text) == 8 else "::"
    if len(text) == 8:
        return ".".join(str(byte) for byte in reversed(bytes.fromhex(text)))
    return "::1" if text == "00000000000000000000000001000000" else "[%s]" % text


def _stat(pid):
    """`(state, parent, started)`; None when it is gone."""
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as file:
            rest = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return rest[0], int(rest[1]), int(rest[19])

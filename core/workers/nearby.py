"""The workers of this machine, whoever started them and whether they answer or not.

Solofleet's own are known from the records of its sessions, others by the command line that
Celery's documentation has people type. What may not be read (another user's processes) is left out.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PureWindowsPath
from typing import Final

import psutil

from core.workers.leftovers import running_children
from core.workers.names import this_host

_TITLE: Final = re.compile(r"\[celeryd: (?P<node>[^\]\s]+@[^\]\s:]+)")
"""What a worker calls itself where setproctitle is installed (`celery/platforms.py`)."""
_NODE: Final = re.compile(r"[^\s@]+@[^\s@]+")
_PLACE: Final = re.compile("%([hnd%])")


@dataclass(frozen=True, slots=True)
class Nearby:
    """One worker: `node` as it was named, `pid` of the process that was started.

    `pids` are that and its descendants: on Windows the python.exe of a venv only starts the true
    interpreter. `project` is the name of the project whose session of Solofleet started it, None
    for one that somebody else started; of ours `node` is None for what runs besides workers, and
    for a spare that has become one. `app` is what -A said and `cwd` where it was said, None when
    not known.
    """

    node: str | None
    pid: int
    pids: frozenset[int]
    project: str | None
    app: str | None = None
    cwd: Path | None = None


def nearby_workers(root: Path | None = None) -> tuple[Nearby, ...]:
    """All workers of this machine, ours first. Blocks: it looks at every process.

    `root` is the folder of all projects' records, by default the user's state folder.
    """
    ours = [
        Nearby(
            mark.title if _NODE.fullmatch(mark.title) else None,
            mark.pid,
            _family(mark.pid),
            project,
        )
        for project, mark in running_children(root)
    ]
    known = frozenset[int]().union(*(worker.pids for worker in ours))
    return (*ours, *_plain(known))


def _plain(known: frozenset[int]) -> Iterable[Nearby]:
    found: dict[int, tuple[psutil.Process, str, str | None]] = {}
    for process in psutil.process_iter(["cmdline", "ppid", "cwd"]):
        if process.pid in known or not (command := process.info["cmdline"]):
            continue
        if (worker := read_command(command, this_host())) is not None:
            found[process.pid] = (process, *worker)
    for pid, (process, node, app) in found.items():
        if process.info["ppid"] not in found:  # else prefork's child, or what a launcher started
            cwd = process.info["cwd"]
            yield Nearby(node, pid, _family(pid), None, app, Path(cwd) if cwd else None)


def _family(pid: int) -> frozenset[int]:
    with suppress(psutil.Error):
        below = psutil.Process(pid).children(recursive=True)
        return frozenset({pid, *(process.pid for process in below)})
    return frozenset({pid})


def read_command(command: Sequence[str], host: str) -> tuple[str, str | None] | None:
    """Node name and app of a `celery worker` command line; None for any other."""
    if title := _TITLE.match(text := " ".join(command)):
        return title["node"], _option(re.split(r"[\s()]+", text), "-A", "--app")
    celery = next((at for at, word in enumerate(command[:4]) if _is_celery(word)), None)
    if celery is None or not any(
        word == "worker" and before not in ("-A", "--app")
        for before, word in pairwise(command[celery:])
    ):
        return None
    words = command[celery + 1 :]
    name = _option(words, "-n", "--hostname") or ""
    return _expanded(name, host), _option(words, "-A", "--app")


def _is_celery(word: str) -> bool:
    name = PureWindowsPath(word).name.lower()  # it knows both separators
    return name in ("celery", "celery.exe", "celery-script.py")


def _option(words: Sequence[str], short: str, long: str) -> str | None:
    for at, word in enumerate(words):
        if word in (short, long):
            return words[at + 1] if at + 1 < len(words) else None
        if word.startswith(f"{long}="):
            return word.partition("=")[2]
        if word.startswith(short) and not word.startswith("--"):
            return word[len(short) :]
    return None


def _expanded(name: str, host: str) -> str:
    """The node name that Celery makes of it (`celery/utils/nodenames.py`, 5.2-5.7)."""
    short, _, domain = host.partition(".")
    values = {"h": host, "n": short, "d": domain, "%": "%"}
    first, at, place = name.rpartition("@")
    node = f"{first or 'celery'}@{place if at else name}" if name else f"celery@{host}"
    return _PLACE.sub(lambda found: values[found[1]], node)

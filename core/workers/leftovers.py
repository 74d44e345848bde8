"""The record that a project is open: who has it, and which children run for it.

It lies in the user's state folder, a folder per project. A lock that the system drops with
its process decides between two that start in the same instant. The record beside it says who
holds the lock, and after a crash what was left running.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from core.errors import UNAVAILABLE, FleetError
from core.places import state_folder
from core.settings.atomic import replace_text
from core.workers.mark import Mark, end_trees, mark_of_this_process
from core.workers.process import Child

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

END_S: Final = 3.0
BUSY_S: Final = 0.2
"""How long another Solofleet may be reading the record, on Windows."""


def claim(project_id: str, say: Callable[[str], None], root: Path | None = None) -> "Claim":
    """Take hold of a project, for this process alone.

    `say` gets what people should know when the record cannot be kept, which is no reason to
    stop. `root` is the folder of all projects' records, by default the user's state folder.
    Raises AlreadyOpen when another Solofleet has the project, or this one already.
    """
    folder = (root or state_folder()) / project_id
    record = folder / "session.json"
    lock = _opened(folder, say)
    locked = lock is None or _locked(lock)
    owner, children = _read(record)
    if not locked or (owner and owner.process()):
        if lock:
            lock.close()
        raise _already_open(project_id, owner)
    return Claim(record, lock, tuple(mark for mark in children if mark.process()), say)


def running_children(root: Path | None = None) -> tuple[tuple[str, Mark], ...]:
    """What runs for all open projects of this machine, each with the project's name.

    By the records of those who have them open. `root` is as for `claim`. Blocks: it reads a file
    for each project.
    """
    folder = root or state_folder()
    found: list[tuple[str, Mark]] = []
    for record in sorted(folder.glob("*/session.json")):
        owner, children = _read(record)
        if owner and owner.process():
            found += [(record.parent.name, mark) for mark in children if mark.process()]
    return tuple(found)


def left_behind(project_id: str, root: Path | None = None) -> tuple[Mark, ...]:
    """The children of an earlier Solofleet that still run, read only; none while one has it."""
    folder = root or state_folder()
    owner, children = _read(folder / project_id / "session.json")
    if owner and owner.process():
        return ()
    return tuple(mark for mark in children if mark.process())


class Claim:
    """A project held by this process: `with claim(...) as held: ...`.

    `leftovers` are the children of an earlier Solofleet that still run.
    """

    def __init__(
        self,
        record: Path,
        lock: IO[bytes] | None,
        leftovers: tuple[Mark, ...],
        say: Callable[[str], None],
    ) -> None:
        self.leftovers = leftovers
        self._record = record
        self._lock = lock
        self._owner: Mark | None = mark_of_this_process("Solofleet")
        self._children: dict[int, Mark] = {}
        self._say = say
        self._write()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def add(self, title: str, pid: int, created_at: float) -> None:
        """A child was started; `created_at` is its start as psutil tells it."""
        self._children[pid] = Mark(title, pid, created_at)
        self._write()

    def born(self, child: Child) -> None:
        """A child was started by us."""
        self.add(child.title, child.pid, child.created_at)

    def remove(self, pid: int) -> None:
        """A child has ended."""
        if self._children.pop(pid, None):
            self._write()

    def end_leftovers(self) -> tuple[Mark, ...]:
        """Kill the leftovers with their descendants; gives those that would not die.

        Blocks for as long as they take to die, 3 s at most.
        """
        end_trees(self.leftovers, END_S)
        self.leftovers = tuple(mark for mark in self.leftovers if mark.process())
        self._write()
        return self.leftovers

    def release(self) -> None:
        """Let the project go. Leftovers that nobody ended stay on record."""
        self._owner = None
        self._children.clear()
        self._write()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _write(self) -> None:
        if self._lock is None:
            return
        facts = {
            "owner": self._owner and asdict(self._owner),
            "children": [asdict(mark) for mark in (*self.leftovers, *self._children.values())],
        }
        try:  # what it tells of is over when the machine crashes, and the loop waits for it
            replace_text(self._record, json.dumps(facts), busy_s=BUSY_S, lasting=False)
        except OSError as error:
            say, self._say = self._say, _silence
            say(_unkept(self._record.parent, error))


async def end_leftovers(held: Claim, say: Callable[[str], None]) -> None:
    """End the leftovers of an earlier crash, and tell how that went."""
    if found := len(held.leftovers):
        left = len(await asyncio.to_thread(held.end_leftovers))
        say(f"{found - left} processes of an earlier crash are ended")
        if left:
            say(f"{left} processes of an earlier crash do not end")


def _silence(text: str) -> None:
    """What was said once is not said again."""


def _opened(folder: Path, say: Callable[[str], None]) -> IO[bytes] | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "lock").open("ab")
    except OSError as error:
        say(_unkept(folder, error))
        return None


def _locked(lock: IO[bytes]) -> bool:
    """Take the lock; False when another has it."""
    if sys.platform == "win32":
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:  # EACCES; Wine 8 leaves the number out
            return False
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: the record decides
        return True
    return True


def _read(record: Path) -> tuple[Mark | None, tuple[Mark, ...]]:
    """The owner and the children on record; nothing when there is none that makes sense."""
    try:
        facts = cast("dict[str, Any]", json.loads(record.read_text(encoding="utf-8")))
        owner = _mark(facts["owner"]) if facts["owner"] else None
        return owner, tuple(_mark(child) for child in facts["children"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, ()


def _mark(facts: dict[str, Any]) -> Mark:
    return Mark(str(facts["title"]), int(facts["pid"]), float(facts["created_at"]))


class AlreadyOpen(FleetError):
    """A project that another Solofleet has; `project` is its name."""

    def __init__(self, project: str, why: str, fix: str) -> None:
        super().__init__(f"the project {project} is open already", why, fix, exit_code=UNAVAILABLE)
        self.project = project


def _already_open(project_id: str, owner: Mark | None) -> AlreadyOpen:
    whom, since = "another Solofleet", ""
    if owner:
        whom = f"process {owner.pid}"
        since = f" since {datetime.fromtimestamp(owner.created_at):%Y-%m-%d %H:%M}"
    return AlreadyOpen(
        project_id,
        f"{whom} has it{since}; two would run workers of the same names",
        f"go on there, or stop {whom} first",
    )


def _unkept(folder: Path, error: OSError) -> str:
    return (
        f"no record of this session can be kept in {folder} ({error.strerror or error}): after a "
        "crash what is left running will not be found, and a second Solofleet is not noticed"
    )

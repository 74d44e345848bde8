"""Files that are not as the last commit has them, and a commit of those that a person chose.

What else is staged stays staged and uncommitted. Formats: git-status(1), porcelain version 2, and
git-diff(1), --numstat, with -z. All of it blocks.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.errors import FAILED, USAGE, FleetError
from core.render.preflight.git import Git, find_git
from core.render.pushing import DEADLINE_S, Branch

LONGEST_READ: Final = 5_000_000
"""Bytes of a new file whose lines are counted."""
_SECRET: Final = re.compile(r"(?:^|/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.(?:pem|p12|pfx)|id_[a-z\d]+)$")
_SAMPLE: Final = re.compile(r"example|sample|template|dist|default", re.IGNORECASE)


class State(StrEnum):
    """How a file differs."""

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    CONFLICT = "in conflict"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file, by its path below the top; lines that came and went, None where it has none."""

    path: str
    state: State
    added: int | None = None
    removed: int | None = None


def read_differences(branch: Branch) -> tuple[Difference, ...]:
    """All of them, as git lists them; ignored files are none. Raises FleetError."""
    git = Git(find_git(), branch.top)
    counts = _counts(git.out("diff", "--numstat", "-z", "--no-renames", "HEAD"))
    out = git.out("status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames")
    found: list[Difference] = []
    for record in filter(None, out.decode("utf-8", "surrogateescape").split("\0")):
        path = record.split(" ", {"1": 8, "u": 10}.get(record[0], 1))[-1]
        if record[0] == "?":
            added, removed = _lines(branch.top / path), 0
            state = State.NEW
        else:
            added, removed = counts.get(path, (None, None))
            state = _state(record, branch.top / path)
        found.append(Difference(path, state, added, removed))
    return tuple(found)


def _state(record: str, file: Path) -> State:
    if record[0] == "u":
        return State.CONFLICT
    if not os.path.lexists(file):
        return State.DELETED
    return State.NEW if record[2] == "A" else State.CHANGED


def _counts(out: bytes) -> dict[str, tuple[int | None, int | None]]:
    found: dict[str, tuple[int | None, int | None]] = {}
    for record in filter(None, out.decode("utf-8", "surrogateescape").split("\0")):
        added, removed, path = record.split("\t", 2)
        numbers = (int(each) if each.isdecimal() else None for each in (added, removed))
        found[path] = (next(numbers), next(numbers))
    return found


def _lines(file: Path) -> int | None:
    try:
        with file.open("rb") as opened:
            data = opened.read(LONGEST_READ)
    except OSError:
        return None
    return None if b"\0" in data else data.count(b"\n") + (data[-1:] not in (b"", b"\n"))


def choose(
    differences: Sequence[Difference], wanted: Iterable[str], branch: Branch, *here: Path
) -> tuple[Difference, ...]:
    """Those that a person named, files or folders, from any folder of `here` or from the top.

    Raises FleetError for a name that fits none, for conflicts, and for files that hold secrets.
    """
    chosen: dict[str, Difference] = {}
    for name in wanted:
        fits = [each for each in differences if _fits(each.path, name, branch.top, *here)]
        if not fits:
            raise _refused(
                f"{name} has nothing to commit",
                "it is as the last commit has it, is ignored by git, or is not there",
                "See what there is: git status.",
            )
        chosen |= {each.path: each for each in fits}
    for each in chosen.values():
        if (fault := obstacle(each)) is not None:
            raise fault
    return tuple(chosen.values())


def obstacle(each: Difference) -> FleetError | None:
    """Why this cannot be committed; None where it can."""
    if each.state is State.CONFLICT:
        fix = "Solve it in the file, then: git add it, and finish the merge with git commit."
        return _refused(f"{each.path} cannot be committed", "it is in conflict", fix)
    if holds_secrets(each.path) and each.state is not State.DELETED:
        return _refused(
            f"{each.path} was not committed",
            "a file of this name holds secrets, and whoever has the repository would have them",
            "Put it into .gitignore, and its values on Render: solofleet render env --push.",
        )
    return None


def holds_secrets(path: str) -> bool:
    """Whether a file of this name is for secrets: .env but no sample of it, private keys."""
    return bool(_SECRET.search(path)) and not _SAMPLE.search(path)


def _fits(path: str, name: str, top: Path, *here: Path) -> bool:
    top = top.resolve()
    targets = {_place(base / name) for base in (*here, top)}
    return bool(targets & {top / path, *(top / path).parents} - set(top.parents))


def _place(path: Path) -> Path:
    """In full; a link stays itself, for git keeps the link and not what it leads to."""
    return path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name


def commit(branch: Branch, chosen: Sequence[Difference], message: str) -> str:
    """Commit these and nothing else, with hooks and by the name that git knows; gives its id.

    Raises FleetError; what was untracked is untracked then as before.
    """
    if not message.strip():
        raise _refused("nothing was committed", "a commit needs a message", "Give it: -m MESSAGE.")
    git = Git(find_git(), branch.top)
    new = [each.path for each in chosen if each.state is State.NEW]
    if new:
        _run(git, new, "add")
    try:
        _run(git, [each.path for each in chosen], "commit", "--quiet", "--only", "-m", message)
    except FleetError:
        if new:
            git.run(*_LITERAL, "reset", "--quiet", *_FROM_STDIN, given=_joined(new))
        raise
    return git.out("rev-parse", "HEAD").decode().strip()


_LITERAL: Final = ("--literal-pathspecs",)
_FROM_STDIN: Final = ("--pathspec-from-file=-", "--pathspec-file-nul")


def _joined(paths: Sequence[str]) -> bytes:
    return b"\0".join(path.encode("utf-8", "surrogateescape") for path in paths)


def _run(git: Git, paths: Sequence[str], *words: str) -> None:
    done = git.run(*_LITERAL, *words, *_FROM_STDIN, given=_joined(paths), deadline_s=DEADLINE_S)
    if done.returncode:
        raise _failed((done.stderr or done.stdout).decode("utf-8", "replace"))


def _failed(said: str) -> FleetError:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    why = (fatal or lines[-1:] or ["git does not say why"])[0]
    fix = "Try it yourself: git commit."
    for words, better in _KNOWN.items():
        if words in said:
            fix = better
            break
    return FleetError("nothing was committed", why, fix, exit_code=FAILED)


_KNOWN: Final = {
    "tell me who you are": (
        'Say who commits: git config --global user.name "Your Name", and user.email likewise.'
    ),
    "during a merge": "Finish the merge first: git commit, or git merge --abort.",
    "during a cherry-pick": "Finish it first: git cherry-pick --continue, or --abort.",
    "index.lock": "Another git works there; wait for it, or remove that file if none does.",
    "ignored by one of your .gitignore": "Take it out of .gitignore first, if you mean it.",
    "gpg failed": "Sign by hand: git commit in a terminal, where the passphrase can be typed.",
}


def _refused(what: str, why: str, fix: str) -> FleetError:
    return FleetError(what, why, fix, exit_code=USAGE)

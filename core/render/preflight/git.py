"""Asks the system's git what HEAD has, in a handful of calls. All of it blocks: for a thread.

Formats: git-ls-tree(1), git-cat-file(1) and git-status(1), porcelain version 2, with -z.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from core.errors import FAILED, USAGE, FleetError
from core.render.preflight.commit import LINK, SUBMODULE, Commit, Entry

DEADLINE_S: Final = 60.0
_SKIPPED: Final = frozenset(
    ("__pycache__", "node_modules", "site-packages", ".git", ".tox", ".nox", ".venv", "venv")
)
_MOST_LOOSE: Final = 5000


def read_commit(folder: Path, wanted: Callable[[Entry], bool], git: str | None = None) -> Commit:
    """Read HEAD of the repository that `folder` is in, and the files that are `wanted`.

    Raises FleetError: no git, no repository, no commit yet, git refuses or hangs.
    """
    run = Git(git or find_git(), folder)
    top, prefix = _place(run)
    status = _Status(run.out("status", *_STATUS))
    if status.oid is None:
        raise FleetError(
            f"{top} has no commit yet",
            "Render builds a commit, not the files of a folder",
            'Commit first: git add -A, then git commit -m "First".',
            exit_code=USAGE,
        )
    at_top = Git(run.program, top)
    entries, submodules = _entries(at_top.out("ls-tree", "-r", "-z", "-l", "--full-tree", "HEAD"))
    reading = [entry for entry in entries.values() if entry.mode != LINK and wanted(entry)]
    return Commit(
        top=top,
        folder=prefix.rstrip("/"),
        oid=status.oid,
        branch=status.branch,
        entries=entries,
        contents=read_blobs(at_top, reading),
        submodules=submodules,
        changed=tuple(status.changed),
        loose=frozenset(_loose(top, status, entries)),
        as_crlf=frozenset(_as_crlf(at_top, reading)),
    )


def find_git() -> str:
    """The program git. Raises FleetError when it is not on PATH."""
    if (found := shutil.which("git")) is not None:
        return found
    raise FleetError(
        "git was not found",
        "what Render gets is what git would send, and no program named git is on PATH",
        "Install it (https://git-scm.com; on Windows: winget install Git.Git), open a new "
        "terminal, and try again.",
    )


class Git:
    """Runs git in a folder, in English. Reading runs nothing of the repository: no monitors."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def run(
        self, *words: str, given: bytes = b"", deadline_s: float = DEADLINE_S
    ) -> subprocess.CompletedProcess[bytes]:
        """Run it to its end, whatever that is. Raises FleetError where there is no end."""
        argv = (self.program, "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", *words)
        try:
            return subprocess.run(
                argv,
                cwd=self.folder,
                input=given,
                capture_output=True,
                check=False,
                timeout=deadline_s,
                env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except subprocess.TimeoutExpired:
            why = f"git {_verb(words)} said nothing within {deadline_s:.0f} s"
            raise _refused(self.folder, why, "See whether git status hangs there.") from None
        except OSError as error:
            why = error.strerror or str(error)
            raise _refused(self.folder, why, f"Try {self.program} --version.") from error

    def out(self, *words: str, given: bytes = b"") -> bytes:
        """What it prints. Raises FleetError when it fails."""
        done = self.run(*words, given=given)
        if done.returncode:
            why = _said(done.stderr) or f"git {_verb(words)} ended with {done.returncode}"
            raise _refused(self.folder, why, f"Try git {_verb(words)} there.")
        return done.stdout


def _verb(words: tuple[str, ...]) -> str:
    """What git is to do, behind options and settings such as `-c core.eol=lf`."""
    return next(word for word in words if not word.startswith("-") and "=" not in word)


def _refused(folder: Path, why: str, fix: str) -> FleetError:
    return FleetError(f"git cannot read {folder}", why, fix, exit_code=FAILED)


def _said(err: bytes) -> str:
    lines = err.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else ""


def _place(run: Git) -> tuple[Path, str]:
    """The top of the working tree, and the way from there to the folder."""
    done = run.run("rev-parse", "--show-toplevel", "--show-prefix")
    if done.returncode == 0:
        top, prefix = done.stdout.decode("utf-8", "replace").split("\n")[:2]
        return Path(top), prefix
    why = _said(done.stderr)
    if "dubious ownership" in why:
        fix = "If you trust it, run the git config command that git status names there."
        raise _refused(run.folder, why, fix)
    if "must be run in a work tree" in why:
        raise _refused(run.folder, "it is a bare repository", "Name a clone of it.")
    raise FleetError(
        f"{run.folder} is not in a git repository",
        f"Render builds what is pushed with git ({why})",
        "Make one: git init, git add -A, git commit; or name the folder that has it.",
        exit_code=USAGE,
    )


_STATUS: Final = (
    *("--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignored=matching"),
    *("--ignore-submodules=all", "--no-renames"),
)


class _Status:
    """What `git status` said: HEAD, and the paths that are not as it has them."""

    def __init__(self, out: bytes) -> None:
        self.oid: str | None = None
        self.branch: str | None = None
        self.changed: list[str] = []
        self.loose: list[str] = []
        for record in out.decode("utf-8", "replace").split("\0"):
            kind, _, rest = record.partition(" ")
            if record.startswith("# branch.oid "):
                said = record.removeprefix("# branch.oid ")
                self.oid = None if said == "(initial)" else said
            elif record.startswith("# branch.head "):
                said = record.removeprefix("# branch.head ")
                self.branch = None if said == "(detached)" else said
            elif kind == "1":
                self.changed.append(rest.split(" ", 7)[-1])
            elif kind == "u":
                self.changed.append(rest.split(" ", 9)[-1])
            elif kind in ("?", "!"):
                self.loose.append(rest)


def _entries(out: bytes) -> tuple[dict[str, Entry], tuple[str, ...]]:
    entries: dict[str, Entry] = {}
    submodules: list[str] = []
    for record in out.decode("utf-8", "replace").split("\0"):
        facts, _, path = record.partition("\t")
        if not path:
            continue
        mode, _, blob, size = facts.split()
        if mode == SUBMODULE:
            submodules.append(path)
        else:
            entries[path] = Entry(path, mode, blob, int(size))
    return entries, tuple(submodules)


def read_blobs(run: Git, entries: list[Entry]) -> dict[str, bytes]:
    """The contents of files of a commit, by path: all blobs by one call.

    Each answer is a line with its size, then the bytes. Raises FleetError.
    """
    blobs = list(dict.fromkeys(entry.blob for entry in entries))
    out = run.out("cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    found: dict[str, bytes] = {}
    place = 0
    for blob in blobs:
        end = out.index(b"\n", place)
        said = out[place:end].split()
        place = end + 1
        if len(said) == 3:  # "<id> missing" is what a partial clone says
            size = int(said[2])
            found[blob] = out[place : place + size]
            place += size + 1
    return {entry.path: found[entry.blob] for entry in entries if entry.blob in found}


def _loose(top: Path, status: _Status, entries: Mapping[str, Entry]) -> Iterator[str]:
    added = (path for path in status.changed if path not in entries)
    for path in (*added, *status.loose):
        if path.endswith(".py"):
            yield path
        elif path.endswith("/"):
            yield from _python_below(top, path.rstrip("/"))


def _python_below(top: Path, folder: str) -> Iterable[str]:
    """Python files of a folder that is ignored as a whole; environments are left out."""
    found: list[str] = []
    for place, folders, files in os.walk(top / folder):
        if "pyvenv.cfg" in files or Path(place).name in _SKIPPED:
            folders.clear()
            continue
        folders[:] = [name for name in folders if name not in _SKIPPED]
        names = (Path(place, name) for name in files if name.endswith(".py"))
        found += (name.relative_to(top).as_posix() for name in names)
        if len(found) > _MOST_LOOSE:
            break
    return found


def _as_crlf(run: Git, entries: list[Entry]) -> Iterator[str]:
    """Files whose attributes ask for CRLF on every system."""
    given = "".join(f"{entry.path}\0" for entry in entries).encode()
    fields = run.out("check-attr", "-z", "--stdin", "eol", given=given).decode("utf-8", "replace")
    words = fields.split("\0")
    for path, _, value in zip(words[::3], words[1::3], words[2::3], strict=False):
        if value == "crlf":
            yield path


def make_executable(top: Path, files: Sequence[str], *, on: bool) -> None:
    """Give tracked files the exec bit in git's index, or take it. Raises FleetError."""
    bit = "--chmod=+x" if on else "--chmod=-x"
    Git(find_git(), top).out("update-index", bit, "--", *files)

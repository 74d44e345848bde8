"""Checks of shell scripts: 8 line ends, 9 the exec bit, 29 who gets SIGTERM."""

import re
from collections.abc import Iterator
from typing import Final

from core.render.preflight.command import script_of
from core.render.preflight.commit import EXECUTABLE, joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import AddLine, MakeExecutable, Mend, Rewrite
from core.render.preflight.services import Command, Placed, Service
from core.render.preflight.snapshot import Snapshot


def line_ends(snapshot: Snapshot) -> Iterator[Seen]:
    """8: scripts with CRLF in the commit, or after checkout."""
    used = {path for path, _, _ in _scripts(snapshot)}
    commit = snapshot.commit
    for path in sorted(commit.contents):
        data = commit.contents[path]
        shebang = data.startswith(b"#!")
        if not (path.endswith((".sh", ".bash")) or (shebang and not path.endswith(".py"))):
            continue
        if path not in commit.as_crlf and b"\r\n" not in data:
            continue
        sure = path in used
        what = f"{path} has lines that end with CRLF"
        why = "Linux looks for a program named 'bash\\r', or for commands that end in one"
        suffix = path.rpartition(".")[2]
        pattern = f"*.{suffix}" if "." in path.rpartition("/")[2] else path
        edits = (AddLine(".gitattributes", f"{pattern} text eol=lf"), Rewrite(path))
        fix = f"write {pattern} text eol=lf into .gitattributes, then git add --renormalize ."
        severity = Severity.BLOCK if sure else Severity.WARN
        mend = Mend(f"give {path} LF, and keep it so", edits)
        yield Seen(severity, path, 1, what, why, fix, mend)


def exec_bits(snapshot: Snapshot) -> Iterator[Seen]:
    """9: scripts that a command runs by themselves, without the right to be run."""
    for path, placed, service in _scripts(snapshot):
        by_itself = script_of(placed.call) == placed.call.direct
        entry = snapshot.commit.entries[path]
        if by_itself and entry.mode != EXECUTABLE and service.runs_python:
            severity = Severity.BLOCK if service.certain else Severity.WARN
            what = f"{path} is run, and has no exec bit in the commit"
            why = (
                "Linux answers Permission denied; Windows has no such bit, so nobody sees it there"
            )
            fix = f"git update-index --chmod=+x {path}, or write bash {path}"
            mend = Mend(f"give {path} its exec bit", (MakeExecutable(path),))
            yield Seen(severity, placed.file, placed.line, what, why, fix, mend)


def _scripts(snapshot: Snapshot) -> Iterator[tuple[str, Placed, Service]]:
    """The scripts of the commit that commands run, and by which."""
    for service in snapshot.services:
        for command in (service.start, service.build, service.before):
            for placed in command.calls if command else ():
                name = script_of(placed.call)
                path = joined(joined(service.root, placed.call.folder), name or "")
                if name and path in snapshot.commit.entries:
                    yield path, placed, service


_PROGRAMS: Final = ("celery", "uvicorn", "gunicorn", "hypercorn", "daphne", "granian")
_MINDS: Final = re.compile(r"^\s*(?:trap|wait)\b", re.MULTILINE)


def signals(snapshot: Snapshot) -> Iterator[Seen]:
    """29: programs that do not hear SIGTERM because a shell stands before them."""
    for service in snapshot.services:
        if service.start is None or service.kind == "cron":
            continue
        for placed in _deaf(service.start, snapshot):
            how = "in the background" if placed.call.behind else "without exec"
            what = f"{placed.call.program} is started {how}"
            why = (
                "SIGTERM reaches the shell alone: at each deploy the tasks that run are killed, not"
                " finished"
            )
            fix = f"end the script with exec {placed.call.program} …, one program for each service"
            severity = Severity.BLOCK if service.certain else Severity.WARN
            yield Seen(severity, placed.file, placed.line, what, why, fix)


def _deaf(command: Command, snapshot: Snapshot) -> Iterator[Placed]:
    programs = [placed for placed in command.calls if placed.call.program in _PROGRAMS]
    for placed in programs:
        minds = placed.script and _MINDS.search(snapshot.commit.text(placed.script))
        long_lived = placed.celery is None or placed.celery.does in ("worker", "beat", "flower")
        if minds or not long_lived or {"--version", "--help"} & set(placed.call.words):
            continue
        if placed.call.behind or (placed.script and not placed.call.exec):
            yield placed

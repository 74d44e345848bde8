"""Checks of the lists of packages: 1 Windows-only, 2 resolving, 3 missing, 4 unpinned, 7 bytes."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from core.render.preflight.finding import Seen, Severity
from core.render.preflight.lock import read_lock
from core.render.preflight.mend import Mend, ReplaceLine, Rewrite
from core.render.preflight.packages import Package, environment
from core.render.preflight.python_pin import DEFAULT, minor
from core.render.preflight.snapshot import Root, Snapshot

# PyPI has no file of these for Linux, neither a wheel nor a source; tried with
# `uv pip compile --python-platform x86_64-manylinux_2_28`, November 2026.
_NO_FILE: Final = frozenset(("pywin32", "windows-curses"))
_NO_USE: Final[Mapping[str, str]] = {
    "pypiwin32": "it needs pywin32, which Linux cannot have",
    "wmi": "it needs pywin32, which Linux cannot have",
    "winshell": "it needs pywin32, which Linux cannot have",
    "win10toast": "it needs pywin32, which Linux cannot have",
    "pywinpty": "it is built from the source of a Windows library",
    "pywinauto": "it drives programs of Windows",
    "comtypes": "it speaks to COM, which only Windows has",
    "pythonnet": "it needs the .NET runtime, which Render's image does not have",
    "xlwings": "it drives Excel",
    "win11toast": "it shows notes of Windows",
    "winrt-runtime": "it speaks to the Windows Runtime",
    "pyreadline": "it replaces readline on Windows",
}
_MARKER: Final = 'sys_platform == "win32"'


def windows_packages(snapshot: Snapshot) -> Iterator[Seen]:
    """1: packages that exist for Windows alone, without a marker that says so."""
    for root in _built(snapshot):
        for package in root.packages.packages:
            if not package.on_linux:
                continue
            if package.name in _NO_FILE:
                why = f"PyPI has no {package.name} for Linux, so the build ends with an error"
                yield _only_windows(package, Severity.BLOCK, why)
            elif package.name in _NO_USE:
                yield _only_windows(package, Severity.WARN, _NO_USE[package.name])
        yield from _locked_for_windows(snapshot, root)


def _only_windows(package: Package, severity: Severity, why: str) -> Seen:
    mend = None
    if package.file.endswith(".txt") and not package.marker:
        marked = f"{package.written}; {_MARKER}"
        edit = ReplaceLine(package.file, package.line, package.written, marked)
        mend = Mend(f"mark {package.name} as Windows only", (edit,))
    what = f"{package.name} is for Windows, and is asked for on every system"
    fix = f"add the marker: {package.name}; {_MARKER}"
    return Seen(severity, package.file, package.line, what, why, fix, mend)


def _locked_for_windows(snapshot: Snapshot, root: Root) -> Iterator[Seen]:
    lock = root.packages.lock
    if lock is None:
        return
    around = environment(minor(root.pin.version) or minor(DEFAULT))
    named = {package.name for package in root.packages.packages if package.on_linux}
    for locked in read_lock(lock, snapshot.commit.text(lock), around):
        if not locked.fits and not (locked.name in named and locked.name in _NO_FILE):
            what = f"{locked.name} {locked.version} is locked, and none of its files fits Linux"
            why = "the lock has wheels of other systems alone for it, and no source"
            fix = f"ask for what brings it with the marker {_MARKER}, and lock anew"
            yield Seen(Severity.BLOCK, lock, locked.line, what, why, fix)


def unproven_lists(snapshot: Snapshot) -> Iterator[Seen]:
    """2: whether the lists resolve for Linux, which only a resolver tells."""
    for root in _built(snapshot):
        for file in root.packages.files[:1]:
            python = root.pin.version or DEFAULT
            ask = (
                f"uv pip compile --python-platform x86_64-manylinux_2_28 --python-version {python}"
            )
            what = f"nobody has tried whether {file} can be installed on Linux"
            why = "only a resolver with the index at hand tells"
            yield Seen(Severity.UNPROVEN, file, 1, what, why, f"try it: {ask} {file}")


# What is run, or imported for an address, and the packages whose presence brings it along.
_BRINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "celery": ("flower", "django-celery-beat", "django-celery-results", "celery-redbeat"),
    "uvicorn": ("uvicorn-worker", "fastapi-cli"),
    "gunicorn": ("uvicorn-worker",),
    "flower": (),
    "daphne": (),
    "hypercorn": (),
    "granian": (),
    "redis": ("django-redis", "celery-redbeat", "channels-redis", "aioredis", "fakeredis", "rq"),
}
_EXTRAS: Final = {"redis": ("celery", "kombu"), "uvicorn": ("fastapi",)}
_DRIVERS: Final[Mapping[str, tuple[str, ...]]] = {
    "mysql+pymysql": ("pymysql",),
    "mysql+mysqldb": ("mysqlclient",),
    "postgresql+psycopg2": ("psycopg2", "psycopg2-binary"),
    "postgresql+psycopg": ("psycopg", "psycopg-binary"),
    "postgresql+asyncpg": ("asyncpg",),
    "mysql+aiomysql": ("aiomysql",),
    "redis": ("redis",),
    "rediss": ("redis",),
}
_SCHEME: Final = re.compile(r"([a-z0-9+]+)://")


def missing_packages(snapshot: Snapshot) -> Iterator[Seen]:
    """3: what commands run and addresses need, and no list has."""
    for root in _built(snapshot):
        for missing, by, line in root.packages.missing:
            what = f"{missing} is to be installed, and the commit has no such file"
            why = "the build reads it in the root directory, and ends with an error"
            fix = "add it with git, or correct the name or the root directory"
            yield Seen(Severity.BLOCK, by, line, what, why, fix)
        if root.packages.missing:
            continue
        if not root.packages.files:
            yield from _no_list(snapshot, root)
            continue
        for name, file, line, needed in _needed(snapshot, root):
            if not _has(root, name):
                yield _missing(root, name, file, line, needed)


def _no_list(snapshot: Snapshot, root: Root) -> Iterator[Seen]:
    folder = root.path or "the repository"
    docker = any(path.rpartition("/")[2] == "Dockerfile" for path in snapshot.commit.entries)
    custom = any(service.build for service in root.services)
    severity = (
        Severity.WARN if docker or custom or not (root.apps or root.services) else Severity.BLOCK
    )
    what = f"no list of packages was found in {folder}"
    why = "Render installs what requirements.txt, uv.lock or poetry.lock asks for: not even Celery"
    fix = (
        "write one: pip freeze > requirements.txt (in PowerShell 5 with | Out-File -Encoding utf8)"
    )
    yield Seen(severity, None, None, what, why, fix)


def _needed(snapshot: Snapshot, root: Root) -> Iterator[tuple[str, str | None, int | None, str]]:
    for service in root.services:
        for placed in service.start.calls if service.start else ():
            name = placed.call.program
            celery = placed.celery
            name = "flower" if celery and celery.does == "flower" else name
            if name in _BRINGS:
                yield name, placed.file, placed.line, f"the start command of {service.name} runs it"
    if not root.services and root.apps:
        yield "celery", None, None, f"the app {root.apps[0]} is one of its"
    for value in snapshot.values:
        scheme = _SCHEME.match(value.text)
        for name in _DRIVERS.get(scheme[1], ())[:1] if scheme else ():
            yield name, value.file, value.line, f"{value.name} is an address for it"


def _has(root: Root, name: str) -> bool:
    alike = next((names for names in _DRIVERS.values() if name == names[0]), (name,))
    if root.packages.named(*alike, *_BRINGS.get(name, ())):
        return True
    asked = [package for package in root.packages.packages if package.on_linux]
    bundles = _EXTRAS.get(name, ())
    return any(package.name in bundles and package.extras for package in asked)


def _missing(root: Root, name: str, file: str | None, line: int | None, needed: str) -> Seen:
    lists = root.packages
    # What stands behind an address or a folder may bring it; so may a package that has it in
    # its own name.
    unsure = bool(lists.opaque) or any(name in package.name for package in lists.packages)
    severity = Severity.WARN if unsure else Severity.BLOCK
    what = f"{name} is needed, and {lists.files[0]} does not ask for it"
    fix = f"add {name} to {lists.files[0]}"
    if name == "redis":
        fix += ", or write celery[redis] there"
    return Seen(severity, file or lists.files[0], line or 1, what, needed, fix)


def unpinned(snapshot: Snapshot) -> Iterator[Seen]:
    """4: packages whose version is whatever is newest on the day of the build."""
    for root in _built(snapshot):
        if root.packages.lock:
            continue
        loose = [package for package in root.packages.packages if not package.pinned]
        for file in dict.fromkeys(package.file for package in loose):
            names = [package.name for package in loose if package.file == file]
            first = next(package.line for package in loose if package.file == file)
            told = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
            what = f"{told}: no version is named"
            why = "the next build may take other versions than the ones that you have tried"
            yield Seen(Severity.WARN, file, first, what, why, "pin them (==), or keep a uv.lock")


def list_bytes(snapshot: Snapshot) -> Iterator[Seen]:
    """7: lists in UTF-16, with a byte order mark, with CRLF."""
    for root in _built(snapshot):
        for file in root.packages.files:
            data = snapshot.commit.contents.get(file, b"")
            odd = next((word for start, word in _ODD if data.startswith(start)), None)
            odd = odd or ("has lines that end with CRLF" if b"\r\n" in data else None)
            if odd is not None and file.endswith((".txt", ".in")):
                why = "pip and uv read it all the same; other tools, and people with diffs, do not"
                mend = Mend(f"write {file} as UTF-8 with LF", (Rewrite(file),))
                fix = "save it as UTF-8 with LF"
                yield Seen(Severity.INFO, file, 1, f"{file} {odd}", why, fix, mend)


_ODD: Final = (
    (b"\xff\xfe", "is UTF-16, as PowerShell 5 writes it with >"),
    (b"\xfe\xff", "is UTF-16"),
    (b"\xef\xbb\xbf", "starts with a byte order mark"),
)


def _built(snapshot: Snapshot) -> Iterator[Root]:
    return (root for root in snapshot.roots if root.runs_python)

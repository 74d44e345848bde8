"""Checks of the lists of packages: 1 Windows-only, 2 resolving, 4 unpinned, 7 bytes."""

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
            yield Seen(
                Severity.UNPROVEN,
                file,
                1,
                what,
                why,
                f"solofleet render check --prove; or: {ask} {file}",
            )


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

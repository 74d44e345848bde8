"""Checks of the version of Python: 5 which one, 6 whether there are wheels for it."""

from collections.abc import Iterator

from core.render.preflight.commit import joined
from core.render.preflight.finding import Seen, Severity
from core.render.preflight.mend import Mend, WriteFile
from core.render.preflight.python_pin import DEFAULT, FILE, Pin, minor
from core.render.preflight.snapshot import Root, Snapshot


def python_version(snapshot: Snapshot) -> Iterator[Seen]:
    """5: the Python of Render is said, in a form that it takes, and is the one of this machine."""
    for root in snapshot.roots:
        if root.runs_python:
            yield from _pin(root.pin, root, snapshot.local_python)


def _pin(pin: Pin, root: Root, local: str | None) -> Iterator[Seen]:
    if pin.file is None:
        yield _unsaid(root, local)
    elif not pin.valid:
        full = "all three numbers, as 3.13.5" if pin.file != joined(root.path, FILE) else "3.13"
        what = "the version of Python is not one that Render takes"
        why = f"it has to be written with {full}"
        yield Seen(Severity.BLOCK, pin.file, pin.line, what, why, "write it in that form")
    elif local and minor(local) != minor(pin.version):
        what = (
            f"Render is told Python {minor(pin.version)}, this project runs on {minor(local)} here"
        )
        why = "packages and syntax may differ: what was tried is not what will run"
        fix = "make them the same"
        yield Seen(Severity.WARN, pin.file, pin.line, what, why, fix)


def _unsaid(root: Root, local: str | None) -> Seen:
    here = minor(local or "")
    what = f"no version of Python is said, so Render takes {DEFAULT}"
    why = f"this project runs on {here} here" if here else "that changes when Render's default does"
    mend = None
    if here:
        file = joined(root.path, FILE)
        mend = Mend(f"write {file} with {here}", (WriteFile(file, here),))
    fix = f"write {here or 'the version'} into {FILE}"
    severity = Severity.INFO if here == minor(DEFAULT) else Severity.WARN
    return Seen(severity, None, None, what, why, fix, mend)


def unproven_wheels(snapshot: Snapshot) -> Iterator[Seen]:
    """6: whether each package has a wheel for that Python, which only the index tells."""
    for root in snapshot.roots:
        if root.runs_python and root.packages.files:
            file = root.packages.files[0]
            what = (
                f"nobody has tried whether all of {file} has wheels for Python {root.pin.version}"
            )
            why = "without a wheel the build compiles it, which takes long or fails"
            ask = f"pip download --only-binary=:all: --platform manylinux_2_28_x86_64 -r {file}"
            yield Seen(
                Severity.UNPROVEN, file, 1, what, why, f"solofleet render check --prove; or: {ask}"
            )

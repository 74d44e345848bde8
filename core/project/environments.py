"""Virtual environments on disk: where each keeps its Python."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

USUAL_NAMES: Final = (".venv", "venv", "env")
CONFIG: Final = "pyvenv.cfg"


def python_of(prefix: Path, *, windows: bool) -> Path | None:
    """Give the Python of the environment at `prefix`, if one is there that can run.

    venv puts it into `Scripts` on Windows and into `bin` elsewhere; conda on Windows has it
    in the prefix itself, and MSYS2 has `bin` there too.
    """
    places = ("Scripts/python.exe", "python.exe", "bin/python.exe") if windows else _POSIX
    return next((file for place in places if (file := prefix / place).is_file()), None)


_POSIX: Final = ("bin/python", "bin/python3")


def environment_of(python: Path) -> Path | None:
    """Give the prefix of the virtual environment, or of conda's, that `python` belongs to."""
    for prefix in (python.parent, python.parent.parent):
        if (prefix / CONFIG).is_file() or (prefix / "conda-meta").is_dir():
            return prefix
    return None


def environments_in(folder: Path) -> Iterator[Path]:
    """Yield the environments that stand in `folder`: those of the usual names first."""
    usual = [folder / name for name in USUAL_NAMES]
    yield from (prefix for prefix in usual if prefix.is_dir())
    try:
        others = sorted(folder.iterdir())
    except OSError:
        return
    yield from (other for other in others if other not in usual and (other / CONFIG).is_file())


def why_unusable(prefix: Path, *, windows: bool) -> str | None:
    """Say why the environment at `prefix` has no Python to run; None if it is none at all."""
    if not (prefix / CONFIG).is_file():
        return None
    if python_of(prefix, windows=not windows):
        maker = "Linux, macOS or WSL" if windows else "Windows"
        return f"{prefix} was made on {maker}: make it anew on this system"
    return f"{prefix} has no working Python, which may have been removed: make it anew"


def made_by_uv(prefix: Path) -> bool:
    """Say whether uv made the environment: then it most likely has no pip."""
    try:
        lines = (prefix / CONFIG).read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    return any(line.partition("=")[0].strip() == "uv" for line in lines)


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths mean the same file, through links and in any case on Windows."""
    return _real(one) == _real(other)


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))

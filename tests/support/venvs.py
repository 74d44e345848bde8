"""Virtual environments with the Celery versions that Solofleet serves, made once and kept."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("SOLOFLEET_TEST_CACHE", ROOT / ".cache")) / "venvs"

#: Sets that work together; a plain `celery[redis]==5.2.7` takes libraries that break it.
PINS = {
    "5.2.7": ("celery==5.2.7", "kombu==5.2.4", "redis<5", "importlib-metadata<8"),
    "5.3.6": ("celery==5.3.6", "kombu==5.3.*", "redis<5.1"),
    "5.4.0": ("celery==5.4.0", "kombu==5.4.*", "redis<6"),
    "5.7.0": ("celery[redis]==5.7.0",),
}


@cache
def python_with_celery(version: str) -> Path:
    """The interpreter of the venv with this Celery."""
    return _venv(f"celery-{version}-py{sys.version_info[0]}{sys.version_info[1]}", PINS[version])


@cache
def python_with(*requirements: str) -> Path:
    """The interpreter of a venv with these packages, each pinned."""
    return _venv(
        "-".join(requirements).replace("=", "").replace("[", "-").replace("]", ""), requirements
    )


def _venv(name: str, requirements: tuple[str, ...]) -> Path:
    folder = CACHE / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):  # several processes run tests
        if not (folder / "complete").exists():
            _make(folder, python, requirements)
    return python


def _make(folder: Path, python: Path, requirements: tuple[str, ...]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "the tests make virtual environments with uv: pip install uv"
    for command in (
        [uv, "venv", "-q", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "-q", "--python", str(python), *requirements],
    ):
        subprocess.run(command, check=True)
    (folder / "complete").touch()

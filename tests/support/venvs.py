"""Virtual environments with the Celery versions that Solofleet serves, made once and kept."""

import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from importlib.util import find_spec
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


def bare_venv(folder: Path, *, packages: bool = False) -> Path:
    """A virtual environment without packages, or with those of this Python; its interpreter."""
    if find_spec("venv") is None:  # the embeddable Python of Windows has none
        from tests.windows.redirector import environment  # noqa: PLC0415

        environment(folder, sys.executable)
    else:
        import venv  # noqa: PLC0415

        venv.create(folder, symlinks=sys.platform != "win32", with_pip=False)
    if packages:
        (site,) = folder.rglob("site-packages")
        (site / "here.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return _python_of(folder)


def _venv(name: str, requirements: tuple[str, ...]) -> Path:
    folder = CACHE / name
    python = _python_of(folder)
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


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

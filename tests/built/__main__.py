"""Tries the program in FOLDER (dist/solofleet), with nothing but itself, and tells size and times.

    python -m tests.built FOLDER

It says what holds, line by line, and ends with 1 where something does not.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import psutil

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = sys.platform == "win32"
EXE = ".exe" if WINDOWS else ""
TASKS = 12
LIMIT_S = 300
sys.path.insert(0, str(ROOT))

from bundle.contents import FILES, OF_WINE  # noqa: E402
from core.frozen.own import NAME  # noqa: E402
from core.places import DEMO  # noqa: E402
from tests.support.program import homes  # noqa: E402

LATE = ("watchfiles", "websockets.asyncio.client", "keyring.backends.Windows", "qasync")
"""Modules of others that are imported where they are first used."""
IMPORTED = """
import importlib, json, sys
failed = {}
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except Exception as error:
        failed[name] = type(error).__name__
print(json.dumps(failed))
"""
"""Tells which modules cannot be imported: some are for other systems."""


class Built:
    """The folder of a built program, run in a home of its own."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self.home = home
        self.internal = folder / "_internal"
        self.terminal = folder / f"solofleet{'-cli.exe' if WINDOWS else ''}"

    def run(self, *command: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs, from a folder that has nothing."""
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.home,
            env={**os.environ, **homes(self.home), **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )


def starts(built: Built) -> str:
    """`--version` answers; its second start is timed."""
    for _ in range(2):
        began = time.monotonic()
        done = built.run(built.terminal, "--version")
        took = time.monotonic() - began
        assert done.returncode == 0, done.stderr
    return f"{done.stdout.strip()}, started in {took:.2f} s"


def runs_the_demo(built: Built) -> str:
    """Twelve tasks succeed on the built-in broker, run by the program's own Python."""
    done = built.run(built.terminal, "demo", "--headless", "--json", "--tasks", str(TASKS))
    records: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr[-4000:] + done.stdout[-2000:]
    summary = records[-1]
    assert summary["kind"] == "summary", summary
    assert summary["tasks"]["sent"] == summary["tasks"]["succeeded"] == TASKS, summary
    assert [worker["exit"] for worker in summary["workers"]] == [0] * 4, summary
    broker = next(record for record in records if record["kind"] == "broker")
    assert broker["builtin"], broker
    return f"{TASKS} tasks; ready after {summary['ready_s']:.1f} s"


def brings_every_module(built: Built) -> str:
    """Also what is imported late, or by its name, by whatever of it runs first."""
    ours = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for folder in ("core", "desktop")
        for path in (ROOT / folder).rglob("*.py")
        if not path.stem.startswith("__")
    ]
    words = json.dumps([*ours, *LATE])
    here = built.run(sys.executable, "-c", IMPORTED, words, PYTHONPATH=str(ROOT))
    there = built.run(built.folder / NAME, "-c", IMPORTED, words)
    assert json.loads(there.stdout) == json.loads(here.stdout), there.stdout
    return f"{len(ours)} of our own, and {len(LATE)}"


def keeps_its_python_to_itself(built: Built) -> str:
    """A project of the user's gets no interpreter from the bundle."""
    project = built.home / "shop"
    project.mkdir()
    (project / "app.py").write_text("from celery import Celery\napp = Celery('shop')\n", "utf-8")
    alone = {"PATH": str(built.home), "VIRTUAL_ENV": "", "CONDA_PREFIX": ""}
    done = built.run(built.terminal, "up", project, "--broker", "builtin", **alone)
    assert done.returncode == 69, (done.returncode, done.stdout, done.stderr)
    assert "No Python was found to run the project with" in done.stderr, done.stderr
    given = built.run(built.terminal, "up", project, "--python", built.folder / NAME)
    assert given.returncode == 2, (given.returncode, given.stderr)
    assert "is not for projects" in given.stderr, given.stderr
    return "none was found, and the bundle's is refused"


def has_plain_files(built: Built) -> str:
    """What other interpreters run, and what people may read, lies on disk."""
    for name in FILES:
        ours = ROOT / name
        files = [ours] if ours.is_file() else [f for f in ours.rglob("*") if f.is_file()]
        for file in files:
            if "__pycache__" in file.parts:
                continue
            shipped = built.internal / file.relative_to(ROOT)
            assert shipped.read_bytes() == file.read_bytes(), shipped
    assert (built.internal / DEMO.relative_to(ROOT) / "requirements.txt").is_file()
    return f"{len(FILES)} files and folders"


def has_nothing_of_wine(built: Built) -> str:
    """No stand-in for a DLL of Windows is shipped."""
    names = {path.name.lower() for path in built.folder.rglob("*") if path.is_file()}
    assert not names & set(OF_WINE), names & set(OF_WINE)
    return f"{len(names)} names looked at"


def shows_its_window(built: Built) -> str:
    """The demo opens in the window; it is ended when its workers are there."""
    window = built.folder / "Solofleet.exe" if WINDOWS else built.terminal
    program = subprocess.Popen(
        [str(window), "demo"],
        cwd=built.home,
        env={**os.environ, **homes(built.home), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
    )
    since, began = time.time(), time.monotonic()
    try:
        tree = psutil.Process(program.pid)
        while sum(b" ready." in log.read_bytes() for log in new_logs(built, since)) < 4:
            assert program.poll() is None, program.returncode
            assert time.monotonic() - began < LIMIT_S, "they are not ready"
            time.sleep(0.1)
        took = time.monotonic() - began
        workers = tree.children(recursive=True)
        resident = tree.memory_info().rss
    finally:
        program.kill()
        program.wait()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive, [each.pid for each in alive]
    return f"four workers ready after {took:.1f} s, {resident >> 20} MB; nothing outlived its end"


def new_logs(built: Built, since: float) -> list[Path]:
    """The logs of workers; Windows keeps them where no variable says otherwise."""
    kept = platformdirs.user_log_path("solofleet", appauthor=False)
    logs = [log for folder in (built.home, kept) for log in folder.rglob("worker*.log")]
    return [log for log in logs if log.stat().st_mtime >= since - 1]


CHECKS: tuple[Callable[[Built], str], ...] = (
    has_plain_files,
    has_nothing_of_wine,
    starts,
    brings_every_module,
    runs_the_demo,
    keeps_its_python_to_itself,
    shows_its_window,
)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.built")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder = parser.parse_args().folder.resolve()
    if sys.platform == "win32":
        # WORKAROUND for Wine: its desktop is a process that whoever first asks for it starts, and
        # that keeps the pipes of a program we wait for.
        ctypes.WinDLL("user32").GetDesktopWindow()
    wrong = 0
    for check in CHECKS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            try:
                told = check(Built(folder, Path(home).resolve()))
            except (AssertionError, OSError, subprocess.TimeoutExpired, psutil.Error) as error:
                wrong += 1
                told = f"WRONG: {error!r}"
        print(f"{check.__name__.replace('_', ' ')}: {told}", flush=True)
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"size: {size / 1e6:.0f} MB", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

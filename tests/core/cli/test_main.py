"""The module that is run."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_it_is_the_command_and_gives_its_exit_code() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "core.cli", "fly"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert run.stderr.startswith("usage: solofleet")

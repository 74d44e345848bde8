"""`python -m desktop`."""

import subprocess
import sys

from core import __version__


def test_it_does_what_solofleet_does() -> None:
    command = [sys.executable, "-m", "desktop", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"solofleet {__version__}"

"""Writes a picture of each page in both themes and several sizes, from the real program.

    python -m tests.pictures FOLDER [PAGE ...]

The names are PAGE-THEME-WIDTHxHEIGHT.png, with "@1.5" for a screen at 150 %. The workers are real,
and so is what they do; each scale needs a process of its own, since Qt reads it at its start.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.pictures.scenes import SIZES
from tests.support.program import homes


def main() -> int:
    """The exit code of what went wrong first, or 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("pages", nargs="*", metavar="PAGE")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for scale in SIZES:
        with tempfile.TemporaryDirectory() as home:
            environ = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": f"{scale}"}
            command = [sys.executable, "-m", "tests.pictures.scenes", str(scale)]
            ended = subprocess.run(
                [*command, str(wanted.folder.resolve()), *wanted.pages],
                env=environ | homes(Path(home)),
                check=False,
            )
            if ended.returncode:
                return ended.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The first line that a Python is given."""

import subprocess
import sys
from pathlib import Path

from tests.support.inside import INSIDE
from tests.support.proving import APP, BOOT, ended, gate, worker


def test_whoever_sends_nothing_more_leaves_nothing(tmp_path: Path) -> None:
    text = (INSIDE / "proof/boot.py").read_text("utf-8")
    subprocess.run(
        [sys.executable, "-c", BOOT],
        input=f"exec({text!r})\n".encode(),
        env={"TMPDIR": str(tmp_path)},
        check=True,
    )
    assert list(tmp_path.iterdir()) == []


def test_the_scripts_hide_no_module_of_the_project(tmp_path: Path) -> None:
    """`events` and `queues` are names that projects have too."""
    files = {"proj.py": "import queues\nfrom queues import app", "queues.py": APP}
    with gate(files, tmp_path, services=[worker()]) as run:
        next(record for record in run if record["kind"] == "ended" and record["id"] == "import")
    assert ended(run.records)["import"]["state"] == "passed"

"""The program in a console, or a pipe, of the code page that Windows has by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import ROOT, homes

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

APP = """\
from celery import Celery
app = Celery("shop")
@app.task
def greet(name="世界"):
    print("grün ✓")
"""


def test_what_cp1252_lacks_is_escaped_and_nothing_fails(tmp_path: Path) -> None:
    folder = tmp_path / "Bücher 作業"
    folder.mkdir()
    (folder / "app.py").write_text(APP, "utf-8", newline="\r\n")
    done = subprocess.run(
        [*(sys.executable, "-m", "core.cli", "tasks"), str(folder), "--python", sys.executable],
        cwd=ROOT,
        env={**os.environ, **homes(tmp_path), "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"app.greet(name='\\u4e16\\u754c')" in done.stdout
    done = subprocess.run(
        [*(sys.executable, "-m", "core.cli", "tasks"), str(folder / "gone")],
        cwd=ROOT,
        env={**os.environ, **homes(tmp_path), "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert b"B\xfccher \\u4f5c\\u696d\\gone" in done.stderr

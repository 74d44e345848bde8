"""Compiling without running."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[3] / "resources" / "inside" / "syntax.py"


def ask(*files: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT)],
        input=json.dumps([str(file) for file in files]).encode() + b"\n",
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def test_each_file_that_is_no_python_has_its_error(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.py", "b.py", "c.py")]
    for file, text in zip(files, ("x = (\n", "exit(1)", "x = 1\0"), strict=True):
        file.write_text(text, "utf-8")
    first, last = ask(*files)
    assert (first["file"], first["line"]) == (str(files[0]), 1)
    assert "null" in str(last["message"])


def test_a_file_that_is_gone_has_none(tmp_path: Path) -> None:
    assert ask(tmp_path / "gone.py") == []


def test_it_knows_the_encoding_that_a_file_declares(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes("# coding: latin-1\nx = 'ö'\n".encode("latin-1"))
    assert ask(file) == []

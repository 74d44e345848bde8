"""Trees of files, environments that look real, and machines to search them on."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from core.project.machine import Machine, OwnPython

Files = Mapping[str, str | bytes]


@pytest.fixture
def plant(tmp_path: Path) -> Callable[[Files], Path]:
    """Write files, by their paths, into a new project and give its root."""

    def write(files: Files, name: str = "project") -> Path:
        root = tmp_path / name
        root.mkdir(exist_ok=True)
        for path, content in files.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def make_environment() -> Callable[..., Path]:
    """Make what looks like a virtual environment, and give its Python."""

    def make(prefix: Path, *, windows: bool = os.name == "nt", uv: bool = False) -> Path:
        python = prefix / ("Scripts/python.exe" if windows else "bin/python")
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\n")
        python.chmod(0o755)
        made_by = "uv = 0.9.0\n" if uv else ""
        (prefix / "pyvenv.cfg").write_text(f"home = /usr/bin\n{made_by}version_info = 3.12.1\n")
        return python

    return make


@pytest.fixture
def make_machine(tmp_path: Path) -> Callable[..., Machine]:
    """Make a machine with this environment; `answers` maps a program and a word to its output."""

    def make(
        *,
        answers: Mapping[str, str] | None = None,
        windows: bool = os.name == "nt",
        own: OwnPython | None = None,
        **environ: str,
    ) -> Machine:
        known = answers or {}

        def ask(argv: Sequence[str], cwd: Path) -> str | None:
            return known.get(argv[0])

        def which(name: str) -> str | None:
            return name if name in known else None

        return Machine(environ, windows, own, ask, which)

    return make

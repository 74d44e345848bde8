"""A project that can be opened."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from core.places import DEMO, DEMO_APP
from tests.support.program import homes


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo that says how it is opened."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    root = tmp_path / "shop"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("__pycache__"))
    python = json.dumps(sys.executable)
    (root / "solofleet.toml").write_text(
        f'app = "{DEMO_APP}"\npython = {python}\nbroker = "builtin"\nworkers = 2\n'
    )
    return root

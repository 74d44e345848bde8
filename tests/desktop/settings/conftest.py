"""Settings of two files, a variable and the command line."""

from pathlib import Path

import pytest

from core.settings import Settings
from core.settings.layers import Entries, Entry, read_entries
from core.settings.origin import Layer, Origin, Setting


@pytest.fixture
def files(tmp_path: Path) -> dict[Layer, Path]:
    """Those that can be changed."""
    return {Layer.LOCAL: tmp_path / "local.toml", Layer.USER: tmp_path / "user.toml"}


@pytest.fixture
def entries(tmp_path: Path, files: dict[Layer, Path]) -> Entries:
    """What is said of a project with a group."""
    (tmp_path / "solofleet.toml").write_text(
        'workers = 2\nworker = 1\napp = "proj"\nqueues = ["a"]\n[groups.mail]\nenv = { A = "b" }\n'
    )
    files[Layer.USER].write_text('loglevel = "debug"\nmode = "plain"\n')
    files[Layer.LOCAL].write_text("workers = 5\nspare = true\n")
    asked = Settings().over({"mode": Setting("fleet", Origin(Layer.ASKED))})
    return read_entries(
        tmp_path,
        {"SOLOFLEET_GRACE": "5"},
        user=files[Layer.USER],
        local=files[Layer.LOCAL],
        asked=asked,
    )


def entry_of(entries: Entries, path: str) -> Entry:
    return next(entry for entry in entries.entries if entry.path == path)

"""The demo as a repository, and what is found out about it."""

from pathlib import Path

import pytest

from desktop.deploy.facts import Facts
from tests.support.program import homes
from tests.support.storefront import facts_of, storefront


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    return storefront(tmp_path)


@pytest.fixture
def facts(root: Path) -> Facts:
    """All that the page would show of it."""
    return facts_of(root)

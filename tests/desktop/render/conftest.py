"""A project that is on the Render of a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer, render_server
from tests.support.on_render import account_of_shop, deployed
from tests.support.program import homes


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository."""
    for name, value in homes(tmp_path).items():
        monkeypatch.setenv(name, value)
    return deployed(tmp_path)


@pytest.fixture
def account() -> Iterator[Account]:
    """The account; the contract was held when the test is over."""
    made = account_of_shop()
    yield made
    assert made.broken == []


@pytest.fixture
def served(account: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[RenderServer]:
    """The account behind a real address, which the window finds with its key."""
    monkeypatch.setattr("core.render.api.following.EVERY_S", 0.05)
    with render_server(account) as server:
        for name, value in server.env.items():
            monkeypatch.setenv(name, value)
        yield server

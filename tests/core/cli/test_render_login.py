"""`solofleet render login`, on an account of the test."""

from collections.abc import Iterator
from io import StringIO

import keyring
import pytest

from core.cli.program import main
from core.errors import DONE, USAGE
from core.render.api.key import ENTRY
from core.vault import SERVICE
from tests.render_fake.account import KEY
from tests.render_fake.server import RenderServer
from tests.support.keyrings import Memory
from tests.support.render_cli import account, served

__all__ = ("account", "served")


@pytest.fixture
def memory(served: RenderServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """The keyring of this process."""
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    monkeypatch.setenv("RENDER_HOST", served.url)
    yield made
    keyring.set_keyring(before)


def test_a_key_that_is_good_is_kept_and_never_shown(
    memory: Memory, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{KEY}\n"))
    assert main(["render", "login"]) == DONE
    assert memory.kept == {(SERVICE, ENTRY): KEY}
    seen = capfd.readouterr()
    assert "it sees: Shop" in seen.out
    assert KEY not in seen.out + seen.err


@pytest.mark.parametrize("typed", ["", "rnd_wrong\n", "two words\n"])
def test_a_key_that_is_not_good_is_not_kept(
    memory: Memory,
    typed: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    assert main(["render", "login"]) == USAGE
    assert memory.kept == {}
    seen = capfd.readouterr()
    assert not typed.strip() or typed.strip() not in seen.out + seen.err

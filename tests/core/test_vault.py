"""What the keyring keeps, and what is told where it keeps nothing."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from core.vault import NoVault, VaultRefused, forget, keep, recall
from tests.support.keyrings import Locked, Memory


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Each test may set the keyring of this process."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_what_was_kept_is_recalled_by_its_entry() -> None:
    keyring.set_keyring(Memory())
    keep("one", "first")
    keep("two", "second")
    assert (recall("one"), recall("two"), recall("three")) == ("first", "second", None)


def test_what_is_forgotten_is_gone_and_nothing_else() -> None:
    keyring.set_keyring(Memory())
    keep("one", "first")
    keep("two", "second")
    forget("one")
    forget("three")
    assert (recall("one"), recall("two")) == (None, "second")


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring()], ids=["fail", "null"])
def test_a_system_without_a_keyring_keeps_nothing(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(NoVault):
        keep("one", "first")


def test_a_keyring_that_nobody_unlocks_refuses_in_words() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(VaultRefused, match=r"refused \(dismissed\)"):
        recall("one")
    with pytest.raises(VaultRefused, match="dismissed"):
        keep("one", "first")

"""Who may enter Flower, and where that is kept."""

import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.Windows import WinVaultKeyring

from core.flower.access import USER, VARIABLE, find_access
from core.vault import SERVICE
from tests.support.keyrings import Locked, Memory


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Each test may set the keyring of this process."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_made_once_for_each_project_and_kept() -> None:
    memory = Memory()
    keyring.set_keyring(memory)
    first, again, other = (find_access(name, {}) for name in ("shop-1", "shop-1", "shop-2"))
    assert (first, first.user) == (again, USER)
    assert first.password != other.password
    assert len(first.password.reveal()) >= 20
    assert memory.kept[SERVICE, "flower shop-1"] == first.password.reveal()
    assert "keyring" in first.kept


@pytest.mark.parametrize(
    ("backend", "why"),
    [(fail.Keyring(), "no keyring"), (null.Keyring(), "no keyring"), (Locked(), "(dismissed)")],
    ids=["fail", "null", "locked"],
)
def test_without_a_keyring_it_lives_for_this_run(backend: KeyringBackend, why: str) -> None:
    keyring.set_keyring(backend)
    first, again = find_access("shop-1", {}), find_access("shop-1", {})
    assert first.password != again.password
    assert first.kept.startswith("for this run only")
    assert why in first.kept


def test_the_project_s_own_login_is_taken() -> None:
    keyring.set_keyring(Memory())
    access = find_access("shop-1", {VARIABLE: "admin:p:w,other:x"})
    assert (access.user, access.password.reveal()) == ("admin", "p:w")
    assert VARIABLE in access.kept


def test_a_login_of_the_project_that_is_none_is_passed_over() -> None:
    keyring.set_keyring(Memory())
    assert find_access("shop-1", {VARIABLE: "admin"}).user == USER


def test_the_password_shows_in_no_repr() -> None:
    keyring.set_keyring(Memory())
    access = find_access("shop-1", {})
    assert access.password.reveal() not in f"{access!r} {access}"


@pytest.mark.skipif(sys.platform != "win32", reason="the vault of Windows")
def test_windows_keeps_it() -> None:
    keyring.set_keyring(WinVaultKeyring())
    access = find_access("solofleet-test", {})
    try:
        assert find_access("solofleet-test", {}) == access
    finally:
        keyring.delete_password(SERVICE, "flower solofleet-test")

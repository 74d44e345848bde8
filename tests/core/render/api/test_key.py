"""Where the key of Render's API is, and where it never is."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends import fail, null

from core.errors import USAGE, FleetError
from core.render.api.key import ENTRY, VARIABLE, checked, find_key, forget_key, keep_key
from core.secret import Secret
from core.vault import SERVICE
from tests.support.keyrings import Locked, Memory


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Each test may set the keyring of this process."""
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_kept_key_is_found_again() -> None:
    memory = Memory()
    keyring.set_keyring(memory)
    keep_key(Secret("rnd_kept"))
    assert memory.kept == {(SERVICE, ENTRY): "rnd_kept"}
    assert find_key({}) == Secret("rnd_kept")


def test_a_forgotten_key_is_in_no_keyring() -> None:
    memory = Memory()
    keyring.set_keyring(memory)
    keep_key(Secret("rnd_kept"))
    forget_key()
    assert memory.kept == {}
    forget_key()


def test_a_key_that_cannot_be_forgotten_is_told_of() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(FleetError, match="still kept"):
        forget_key()


def test_where_there_is_no_keyring_there_is_nothing_to_forget() -> None:
    keyring.set_keyring(fail.Keyring())
    forget_key()


def test_the_environment_wins_over_the_keyring() -> None:
    memory = Memory()
    keyring.set_keyring(memory)
    keep_key(Secret("rnd_kept"))
    assert find_key({VARIABLE: " rnd_typed\r\n"}) == Secret("rnd_typed")


@pytest.mark.parametrize(
    ("backend", "why"),
    [(fail.Keyring(), "no keyring"), (null.Keyring(), "has none"), (Locked(), "(dismissed)")],
    ids=["fail", "null", "locked"],
)
def test_without_a_key_it_is_told_where_one_is_made(backend: object, why: str) -> None:
    keyring.set_keyring(backend)  # type: ignore[arg-type]
    with pytest.raises(FleetError, match="there is no key") as caught:
        find_key({})
    assert why in caught.value.why
    assert "solofleet render login" in caught.value.fix
    assert caught.value.exit_code == USAGE


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring()], ids=["fail", "null"])
def test_a_key_that_no_keyring_takes_is_told_not_to_be_kept(backend: object) -> None:
    keyring.set_keyring(backend)  # type: ignore[arg-type]
    with pytest.raises(FleetError, match="the key was not kept") as caught:
        keep_key(Secret("rnd_secretive"))
    assert "rnd_secretive" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "rnd_a b", "rnd_ä", "rnd_\x07"])
def test_what_no_header_can_carry_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(FleetError) as caught:
        checked(text, "RENDER_API_KEY")
    assert not text or text not in str(caught.value)
    assert caught.value.exit_code == USAGE

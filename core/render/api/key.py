"""The key of Render's API: a variable of the environment, or what the system's keyring keeps.

It gives full access to an account and does not expire (https://render.com/docs/api), so it is in
no file of a project.
"""

from collections.abc import Mapping
from typing import Final

from core.errors import FAILED, USAGE, FleetError
from core.secret import Secret
from core.vault import NoVault, VaultRefused, forget, keep, recall

VARIABLE: Final = "RENDER_API_KEY"
ENTRY: Final = "render api key"
PAGE: Final = "https://dashboard.render.com/settings#api-keys"


class NoKey(FleetError):
    """There is none yet."""


def find_key(environ: Mapping[str, str]) -> Secret:
    """The key of the environment, else that of the keyring. Blocks while a person unlocks it.

    Raises NoKey when there is none, FleetError for one that cannot be a key.
    """
    if given := environ.get(VARIABLE, "").strip():
        return checked(given, VARIABLE)
    kept, why = _from_keyring()
    if kept:
        return checked(kept, "the keyring")
    raise NoKey(
        "there is no key for Render's API",
        f"{VARIABLE} is not set, and {why}",
        f"Make a key on {PAGE}, then type: solofleet render login",
        exit_code=USAGE,
    )


def checked(text: str, place: str) -> Secret:
    """The key in a text, which is never told. Raises FleetError for what no header could carry."""
    text = text.strip()
    if text and text.isascii() and text.isprintable() and " " not in text:
        return Secret(text)
    raise FleetError(
        f"{place} holds no key of Render's API",
        "it is empty, or has spaces or letters that no key has",
        f"Copy the key again; {PAGE} makes a new one. Keys start with rnd_.",
        exit_code=USAGE,
    )


def keep_key(key: Secret) -> None:
    """Put the key into the system's keyring. Blocks. Raises FleetError where there is none."""
    try:
        keep(ENTRY, key.reveal())
    except NoVault:
        why = "this system has no keyring"
    except VaultRefused as refusal:
        why = str(refusal)
    else:
        return
    fix = f"Set the variable {VARIABLE} in your own environment, not in a file of the project."
    raise FleetError("the key was not kept", why, fix, exit_code=FAILED)


def forget_key() -> None:
    """Drop the key from the system's keyring. Blocks. Raises FleetError where that is refused."""
    try:
        forget(ENTRY)
    except NoVault:
        return  # then none was kept
    except VaultRefused as refusal:
        fix = "Unlock the keyring and try again, or delete the entry in the keyring's own program."
        raise FleetError("the key is still kept", str(refusal), fix, exit_code=FAILED) from None


def _from_keyring() -> tuple[str | None, str]:
    try:
        return recall(ENTRY), "the keyring of this system has none"
    except NoVault:
        return None, "this system has no keyring"
    except VaultRefused as refusal:
        return None, str(refusal)

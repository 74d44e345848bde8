"""Secrets that the system's keyring keeps for Solofleet: one text for each entry.

All functions block while a person unlocks the keyring.
"""

from typing import Final

SERVICE: Final = "Solofleet"


class NoVault(Exception):
    """This system has no keyring: Linux without a desktop."""


class VaultRefused(Exception):
    """The keyring gave or took nothing; says so in words. Nobody unlocked it, or it is full."""


def recall(entry: str) -> str | None:
    """What was kept; None for nothing. Raises NoVault, VaultRefused."""
    # keyring takes 0.1 s to import, which no command shall wait for that needs no secret.
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415

    try:
        return keyring.get_password(SERVICE, entry)
    except NoKeyringError:
        raise NoVault from None
    except KeyringError as error:
        raise VaultRefused(_words(error)) from None


def keep(entry: str, text: str) -> None:
    """Keep it in place of what was there. Raises NoVault, VaultRefused."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, entry, text)
    except NoKeyringError:
        raise NoVault from None
    except KeyringError as error:
        raise VaultRefused(_words(error)) from None
    if recall(entry) != text:  # the null keyring takes all and keeps nothing
        raise NoVault


def forget(entry: str) -> None:
    """Drop it, if it is there. Raises NoVault, VaultRefused."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415

    if recall(entry) is None:
        return
    try:
        keyring.delete_password(SERVICE, entry)
    except NoKeyringError:
        raise NoVault from None
    except KeyringError as error:
        raise VaultRefused(_words(error)) from None


def _words(error: Exception) -> str:
    return f"the keyring refused ({error or type(error).__name__})"

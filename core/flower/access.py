"""Who may enter Flower: a user, and a password that the system's keyring keeps."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.secret import Secret
from core.vault import NoVault, VaultRefused, keep, recall

USER: Final = "solofleet"
VARIABLE: Final = "FLOWER_BASIC_AUTH"
"""`user:password`, or several between commas (`flower/command.py`, 2.2, apply_env_options)."""
_LETTERS: Final = string.ascii_letters + string.digits  # a double click selects it whole
_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Access:
    """A user and the password; `kept` says in words where that is, and for how long."""

    user: str
    password: Secret
    kept: str

    def variable(self) -> str:
        """The value of `VARIABLE`. It belongs in a child's environment and nowhere else."""
        return f"{self.user}:{self.password.reveal()}"


def find_access(project: str, environment: Mapping[str, str]) -> Access:
    """The access that the project itself sets, else the one of the keyring, made when missing.

    Without a keyring (Linux without a desktop) the password lives as long as this run. Blocks
    while the keyring asks a person to unlock it.
    """
    own = environment.get(VARIABLE, "").partition(",")[0]
    user, colon, password = own.partition(":")
    if colon and user and password:
        return Access(user, Secret(password), f"the project's own {VARIABLE}")
    return _from_keyring(f"flower {project}")


def _from_keyring(entry: str) -> Access:
    fresh = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    try:
        if kept := recall(entry):
            return Access(USER, Secret(kept), "in the keyring of this system")
        keep(entry, fresh)
    except NoVault:
        why = "no keyring on this system"
    except VaultRefused as refusal:
        why = str(refusal)
    else:
        return Access(USER, Secret(fresh), "in the keyring of this system")
    return Access(USER, Secret(fresh), f"for this run only: {why}")

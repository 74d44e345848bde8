"""Who may enter Flower: a user, and a password that the system's keyring keeps."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.secret import Secret

SERVICE: Final = "Solofleet"
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
    # Takes 0.1 s, which no other command of ours shall wait for.
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415

    fresh = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    why = "no keyring on this system"
    try:
        if kept := keyring.get_password(SERVICE, entry):
            return Access(USER, Secret(kept), "in the keyring of this system")
        keyring.set_password(SERVICE, entry, fresh)
        if keyring.get_password(SERVICE, entry) == fresh:  # the null keyring takes all, keeps none
            return Access(USER, Secret(fresh), "in the keyring of this system")
    except NoKeyringError:
        pass
    except KeyringError as error:  # nobody unlocked it, or it takes no more
        why = f"the keyring refused ({error or type(error).__name__})"
    return Access(USER, Secret(fresh), f"for this run only: {why}")

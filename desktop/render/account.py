"""What is known of the account: the key that opens it, its workspaces, the project in it."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import FleetError
from core.render.api.answers import Owner
from core.render.api.key import NoKey
from core.render.there import OnRender


class Place(StrEnum):
    """Where the key is."""

    VARIABLE = "From the variable RENDER_API_KEY"
    KEYRING = "Kept in the keyring of this system"
    WINDOW = "Known to this window, until it is closed"


@dataclass(frozen=True, slots=True)
class Account:
    """What a key sees. `there` is None where it is not known where the project is, as `fault` says.

    `unkept` says why the key went into no keyring.
    """

    place: Place
    owners: tuple[Owner, ...]
    owner: Owner | None
    there: OnRender | None
    fault: FleetError | None = None
    unkept: FleetError | None = None


def obstacle(account: Account | FleetError | None) -> FleetError | None:
    """Why nothing of the project can be asked of Render; None where it can, or nobody knows yet."""
    match account:
        case None:
            return None
        case NoKey():
            return FleetError("Render is not connected", account.why, "Give a key: step Account.")
        case FleetError():
            return account
        case Account():
            return account.fault

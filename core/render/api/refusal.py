"""What it means when Render says no, or nothing at all."""

import json
from typing import Any, Final

from core.errors import FAILED, UNAVAILABLE, USAGE, FleetError
from core.render.api.key import PAGE, VARIABLE

LONGEST: Final = 500
"""Characters of an answer that are told."""


class Refused(FleetError):
    """Render answered with an error; `status` is the code of HTTP."""

    def __init__(self, what: str, why: str, fix: str, *, status: int, exit_code: int) -> None:
        super().__init__(what, why, fix, exit_code=exit_code)
        self.status = status


class NetworkLost(FleetError):
    """No answer. `sent`: the request may have reached Render all the same."""

    def __init__(self, what: str, why: str, fix: str, *, sent: bool) -> None:
        super().__init__(what, why, fix, exit_code=UNAVAILABLE)
        self.sent = sent


def said_in(text: str) -> str:
    """The message of an answer: `{"message": …}`, or the text itself, as it is."""
    try:
        told: Any = json.loads(text)
    except ValueError:
        told = None
    message = told.get("message") if isinstance(told, dict) else None  # type: ignore[reportUnknown]
    shown = message if isinstance(message, str) and message else text
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def refused(doing: str, status: int, text: str) -> Refused:
    """The error for an answer; `doing` is a clause: "services were not listed"."""
    said = said_in(text)
    told = f"Render said {status}" + (f": {said}" if said else "")
    exit_code, fix = FAILED, _FIXES.get(status, "Do what Render says there, then try again.")
    small = said.lower()
    if status == 401:
        told = f"the key is wrong, or was revoked ({told})"
        exit_code = USAGE
    elif status in (400, 402, 403) and "autoscal" in small:
        fix = (
            "Autoscaling wants a workspace of Pro or above, and no disk. Without it: "
            "solofleet render scale --instances N, or solofleet render autoscale."
        )
    elif status == 403:
        told = f"the key's account may not do this ({told})"
    elif status == 409 and ("name" in small or "exist" in small or "use" in small):
        told = f"the name is taken ({told})"
    elif status in (400, 402) and "plan" in small:
        fix = "Choose another plan (`solofleet size` tells which), or add a payment method."
    elif status in (400, 409) and "suspend" in small:
        fix = "Resume the service first: solofleet render resume."
    elif status >= 500:
        told = f"Render itself has trouble ({told})"
    return Refused(doing, told, fix, status=status, exit_code=exit_code)


_FIXES: Final = {
    401: f"Make a new key on {PAGE}, then: solofleet render login (or set {VARIABLE}).",
    402: "Add a payment method in Render's dashboard, under Billing.",
    403: "Ask an admin of the workspace for a role that may, or take the key of one who may.",
    404: "See what there is: solofleet render status. The key may be that of another workspace.",
    409: "Take another name, or use what is there: solofleet render status.",
    410: "It is gone. See what there is: solofleet render status.",
    429: "Wait a minute, then try again.",
    **dict.fromkeys((500, 502, 503, 504), "See https://status.render.com, then try again."),
}


def lost(doing: str, error: Exception, *, sent: bool, changes: bool) -> NetworkLost:
    """The error for no answer. `changes`: the request would have changed something."""
    why = f"there was no answer from Render ({str(error) or type(error).__name__})"
    fix = "Look whether you are online, and whether a proxy is needed (HTTPS_PROXY); try again."
    if "certificate" in why.lower():
        fix = (
            "Look whether the clock of this machine is right, and whether a proxy between opens "
            "the connection; then try again."
        )
    if sent and changes:
        fix = (
            "Whether Render did it is not known, so it was not tried again. "
            "Look first: solofleet render status."
        )
    return NetworkLost(doing, why, fix, sent=sent)

"""Asks before something is done that reaches beyond this machine."""

from collections.abc import Callable

from core.bridge.surroundings import Surroundings
from core.errors import USAGE, FleetError


def consent(around: Surroundings, ask: Callable[[str], bool]) -> None:
    """Let the fleet start beside others; on a broker that is not local, somebody must agree.

    Raises FleetError when nobody does.
    """
    if not around.foreign or around.local:
        return
    others = ", ".join(around.foreign)
    url = around.broker.url
    if ask(f"{others} will share the tasks on {url}. Start beside them?"):
        return
    raise FleetError(
        f"{len(around.foreign)} other workers are on the broker {url}",
        f"{others} would share the tasks with ours, with whatever code they run",
        "give --yes to start all the same, or --broker builtin to practise alone",
        exit_code=USAGE,
    )


def agree(action: str, ask: Callable[[str], bool]) -> None:
    """Let somebody agree to a change elsewhere; `action` names it and its target.

    Raises FleetError when nobody does.
    """
    if ask(f"{action}?"):
        return
    raise FleetError(
        f"not done: {action}",
        "nobody agreed to it",
        "answer y when asked, or give --yes",
        exit_code=USAGE,
    )

"""Which deploys of a service can be gone back to, and which are under way."""

from collections.abc import Sequence

from core.errors import USAGE, FleetError
from core.render.api.answers import Deploy, Service


def earlier(deploys: Sequence[Deploy], wanted: str, service: Service) -> Deploy:
    """The deploy to go back to: the one of this id or commit, else the good one before the last.

    `deploys` begin with the newest. Raises FleetError when there is none, or it never was live.
    """
    good = [each for each in deploys if each.good]
    if wanted:
        fits = [each for each in deploys if wanted == each.id or each.commit.startswith(wanted)]
        fits = sorted(fits, key=lambda each: not each.good)
    else:
        fits = good[1:]
    if fits and fits[0].good:
        return fits[0]
    why = f"there is no deploy {wanted}" if wanted else "no other deploy of it was live"
    if fits:
        why = f"{fits[0].id} never was live: {fits[0].status.replace('_', ' ')}"
    had = ", ".join(f"{each.id} ({each.commit[:7]} {each.status})" for each in deploys[:5])
    raise FleetError(
        f"{service.name} was not rolled back",
        why,
        f"Name one: --rollback ID. There are: {had or 'none'}.",
        exit_code=USAGE,
    )


def under_way(deploys: Sequence[Deploy]) -> tuple[Deploy, ...]:
    """Those that have not ended."""
    return tuple(each for each in deploys if not each.ended)

"""How one service of a project is on Render: its last deploy, and what failed lately."""

from dataclasses import dataclass

from core.render.api.answers import Deploy
from core.render.api.client import RenderApi
from core.render.api.event import Event
from core.render.api.matching import Match


@dataclass(frozen=True, slots=True)
class Standing:
    """A service, its last deploy, and its latest events, the oldest first."""

    match: Match
    deploy: Deploy | None
    events: tuple[Event, ...]

    @property
    def failures(self) -> tuple[Event, ...]:
        """Instances that failed, and Render says why."""
        return tuple(each for each in self.events if each.type == "server_failed" and each.failure)


async def read_standing(api: RenderApi, match: Match) -> Standing:
    """Ask Render; nothing where the service is not there. Raises what `RenderApi` raises."""
    if (service := match.service) is None:
        return Standing(match, None, ())
    deploys = await api.deploys(service, most=1)
    events = await api.events(service)
    return Standing(match, deploys[0] if deploys else None, tuple(events))

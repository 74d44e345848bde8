"""A service whose deploys are watched."""

from dataclasses import dataclass, field

from core.errors import FleetError
from core.render.api.answers import Deploy, Service
from core.render.api.passage import Passage, middle_s, usual_s
from desktop.render.words import lasted


@dataclass(frozen=True, slots=True)
class Watched:
    """`deploys` are the latest, the newest first; `deploy` is the one that is shown.

    `following`: news of it come. `trouble` is why they do not at the moment, `fault` why it is
    not live, or why Render could not be asked.
    """

    service: Service
    deploys: tuple[Deploy, ...] = ()
    deploy: Deploy | None = None
    passage: Passage = field(default_factory=Passage)
    following: bool = False
    trouble: str = ""
    fault: FleetError | None = None

    @property
    def under_way(self) -> bool:
        """Whether it is deployed now."""
        return self.deploy is not None and not self.deploy.ended

    def said(self) -> str:
        """What is to be known beside how far it is."""
        if self.trouble:
            return f"{self.trouble}. The deploy goes on at Render."
        if (usual := usual_s(self.deploys)) is None:
            return "No deploy before this one was live." if self.under_way else ""
        shortest, longest = map(lasted, usual)
        took = shortest if shortest == longest else f"{shortest} to {longest}"
        old = " The old processes work until the new ones are up." if self.under_way else ""
        return f"The last good deploys took {took}.{old}"

    def share(self, now: float) -> float:
        """How much of its present leg may be behind it, by what deploys take; 0 to 0.95."""
        usual, since = middle_s(self.deploys), self.passage.since()
        if not usual or since is None:
            return 0.5
        return min(0.95, (now - since) / usual)

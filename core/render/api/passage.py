"""How far a deploy is: the legs of its way, which are behind it, and how long each took.

Pure: what is seen of a deploy comes in, with the time at which it was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from core.render.api.answers import BAD, Deploy


class Leg(StrEnum):
    """In their order."""

    QUEUED = "Queued"
    BUILD = "Build"
    PRE_DEPLOY = "Pre-deploy"
    START = "Start"
    LIVE = "Live"


class State(StrEnum):
    """How a leg stands. SKIPPED: the deploy went past it, as without a pre-deploy command."""

    AHEAD = "ahead"
    NOW = "now"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


_LEG_OF: Final = {
    "created": Leg.QUEUED,
    "queued": Leg.QUEUED,
    "build_in_progress": Leg.BUILD,
    "build_failed": Leg.BUILD,
    "pre_deploy_in_progress": Leg.PRE_DEPLOY,
    "pre_deploy_failed": Leg.PRE_DEPLOY,
    "update_in_progress": Leg.START,
    "update_failed": Leg.START,
    "live": Leg.LIVE,
    "deactivated": Leg.LIVE,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A leg as it stands; `seconds` it took or takes so far, None where nobody saw it."""

    leg: Leg
    state: State
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """What was seen of a deploy. Instants are monotonic seconds; `ended` is None under way."""

    status: str = ""
    began: tuple[tuple[Leg, float], ...] = ()
    ended: float | None = None

    def seen(self, deploy: Deploy, now: float) -> "Passage":
        """The same with another look at it."""
        if deploy.status == self.status:
            return self
        began, leg = self.began, _LEG_OF.get(deploy.status)
        if leg is not None and leg not in dict(began):
            began = (*began, (leg, now))
        return Passage(deploy.status, began, now if deploy.ended else None)

    @property
    def leg(self) -> Leg:
        """The one that it is on, or on which it ended."""
        return _LEG_OF.get(self.status) or (self.began[-1][0] if self.began else Leg.QUEUED)

    def since(self) -> float | None:
        """When the present leg was first seen."""
        return dict(self.began).get(self.leg)

    def lasted(self, now: float) -> float:
        """Seconds since it was first seen, to its end if that was seen."""
        first = self.began[0][1] if self.began else now
        return (now if self.ended is None else self.ended) - first

    def legs(self, now: float) -> tuple[Shown, ...]:
        """All of them."""
        order, here = list(Leg), list(Leg).index(self.leg)
        return tuple(
            Shown(leg, self._state(place, here), self._seconds(leg, now))
            for place, leg in enumerate(order)
        )

    def _state(self, place: int, here: int) -> State:
        if place > here:
            return State.AHEAD
        if place < here:
            optional = list(Leg)[place] is Leg.PRE_DEPLOY
            return (
                State.SKIPPED if optional and Leg.PRE_DEPLOY not in dict(self.began) else State.DONE
            )
        if self.status in BAD:
            return State.FAILED
        return State.DONE if self.leg is Leg.LIVE else State.NOW

    def _seconds(self, leg: Leg, now: float) -> float | None:
        starts = [at for each, at in self.began if each is leg]
        if not starts or leg is Leg.LIVE:
            return None
        later = [at for _, at in self.began if at > starts[0]]
        end = min(later, default=now if self.ended is None else self.ended)
        return end - starts[0]


def usual_s(deploys: Sequence[Deploy], most: int = 5) -> tuple[float, float] | None:
    """The shortest and the longest of the last good deploys, in seconds; None without any."""
    times = sorted(_times(deploys, most))
    return (times[0], times[-1]) if times else None


def middle_s(deploys: Sequence[Deploy], most: int = 5) -> float | None:
    """What such a deploy takes in the middle, in seconds."""
    times = _times(deploys, most)
    return median(times) if times else None


def _times(deploys: Sequence[Deploy], most: int) -> list[float]:
    return [
        (each.finished_at - each.created_at).total_seconds()
        for each in deploys
        if each.good and each.created_at is not None and each.finished_at is not None
    ][:most]

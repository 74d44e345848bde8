"""How each box stands: what is found now, beside what was found or ticked before.

What rests on a commit or a deploy goes stale with it. What cannot be looked at now stays as it was
ticked, as long as nothing that it rests on is known to have changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.errors import FleetError
from core.render.blueprint.services import Role
from core.render.checklist.answers import answer
from core.render.checklist.box import BOXES, Box
from core.render.checklist.case import Case
from core.render.checklist.evidence import Answer, Evidence, Source, State

SHORT: Final = 7
"""Letters of a commit that people are shown."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box was ticked `at` that time, at that commit, by this evidence, or by hand.

    What files say is not among it: they can always be looked at.
    """

    at: datetime
    commit: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """How a box stands. `since`: when it was ticked first with the same commit; None: by files."""

    box: Box
    state: State
    evidence: tuple[Evidence, ...]
    why: str = ""
    tells: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """What evidence must still agree with.

    `working` has the lines of files that differ from the commit, as they stand on this disk.
    """

    at: datetime
    case: Case
    working: Mapping[str, frozenset[str]]

    @property
    def commit(self) -> str:
        """The id of the commit."""
        return self.case.snapshot.commit.oid

    @property
    def deploys(self) -> frozenset[str] | None:
        """The deploys that are live; None where Render could not be asked."""
        remote = self.case.remote
        if isinstance(remote, FleetError):
            return None
        return frozenset(there.live.id for there in remote.services.values() if there.live)


def checklist(now: Now, ticks: Mapping[str, Tick]) -> tuple[Ticked, ...]:
    """All boxes, in their order."""
    return tuple(stand(box, answer(box, now.case), ticks.get(box.id), now) for box in BOXES)


def stand(box: Box, found: Answer, tick: Tick | None, now: Now) -> Ticked:
    """How one stands."""
    if found.state is State.UNKNOWN and tick is not None:
        written = (each for each in found.evidence if each.source is Source.FILE)
        kept = Answer(State.DONE, (*written, *tick.evidence), found.why, found.tells)
        return _checked(box, kept, now, tick.at)
    if found.state is State.UNKNOWN and box.by_hand:
        found = replace(
            found, tells=f"tick it yourself: solofleet render checklist --tick {box.id}"
        )
    if found.state is State.DONE:
        same = tick is not None and tick.commit == now.commit
        passes = any(each.source is not Source.FILE for each in found.evidence)
        at = tick.at if tick is not None and same else now.at if passes else None
        return _checked(box, found, now, at)
    return Ticked(box, found.state, found.evidence, found.why, found.tells)


def _checked(box: Box, found: Answer, now: Now, since: datetime | None) -> Ticked:
    """Done, unless something of its evidence has changed."""
    for each in found.evidence:
        if why := changed(each, now):
            tells = found.tells or _AGAIN.get(each.source, "")
            if box.by_hand:
                tells = f"see again, then: solofleet render checklist --tick {box.id}"
            return Ticked(box, State.STALE, found.evidence, why, tells, since)
    return Ticked(box, State.DONE, found.evidence, since=since)


_AGAIN: Final = {
    Source.FILE: "commit it, or take the change back",
    Source.LOG: "deploy this commit: solofleet render push, deploy",
    Source.ANSWER: "deploy this commit: solofleet render push, deploy",
    Source.API: "deploy this commit: solofleet render push, deploy",
    Source.PROOF: "solofleet render verify",
}


def changed(evidence: Evidence, now: Now) -> str:
    """What has changed since; empty when nothing is known to have."""
    if evidence.commit and evidence.commit != now.commit:
        return f"it was so at {evidence.commit[:SHORT]}, and the commit is {now.commit[:SHORT]} now"
    if evidence.deploy and now.deploys is not None and evidence.deploy not in now.deploys:
        return f"it was so with {evidence.deploy}, which is not live any more"
    lines = now.working.get(evidence.file or "")
    if lines is not None and evidence.line is not None and evidence.file is not None:
        text = now.case.snapshot.commit.text(evidence.file).splitlines()
        if text[evidence.line - 1].strip() not in lines:
            return f"{evidence.place} has changed, and is not committed"
    return ""


def by_hand(now: Now) -> Tick:
    """The tick of a person, now; it is of the web service, through whose API it was seen."""
    deploys = (
        each.there.live.id for each in now.case.meant(Role.WEB) if each.there and each.there.live
    )
    shown = Evidence(
        Source.HAND, "a person has seen it", None, None, now.at, now.commit, next(deploys, "")
    )
    return Tick(now.at, now.commit, (shown,))


def to_keep(list_of: Iterable[Ticked], ticks: Mapping[str, Tick], now: Now) -> dict[str, Tick]:
    """What is remembered for the next time, when the same may not be there to be looked at.

    What rests on files alone is always looked at. A box that is known not to be so is forgotten.
    """
    kept: dict[str, Tick] = {}
    for each in list_of:
        old = ticks.get(each.box.id)
        passing = tuple(one for one in each.evidence if one.source is not Source.FILE)
        if each.state is State.DONE and each.since is not None and passing:
            kept[each.box.id] = Tick(each.since, now.commit, passing)
        elif old is not None and each.state in (State.DONE, State.STALE, State.UNKNOWN):
            kept[each.box.id] = old
    return kept

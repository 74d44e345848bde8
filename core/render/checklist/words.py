"""Answers that many boxes have in common."""

import re
from collections.abc import Iterable
from typing import Final

from core.errors import FleetError
from core.render.blueprint.services import Role
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import (
    Answer,
    Evidence,
    Source,
    not_needed,
    not_so,
    unknown,
)
from core.render.checklist.there import There
from core.render.preflight.finding import Seen
from core.secret import mask_url

LONGEST: Final = 140
"""Characters of a line that are told."""
NAMED: Final = 6
"""Names that are told; of more it is said how many there are."""
BLUEPRINT: Final = "solofleet render blueprint --write"
MAKE: Final = f"{BLUEPRINT} makes it"
DASHBOARD: Final = (
    "connect the repository once: https://dashboard.render.com/blueprints, New Blueprint Instance"
)


def absent(case: Case, role: Role) -> Answer | None:
    """The answer where render.yaml has no service for this; None where it has one."""
    if case.meant(role):
        return None
    problem = case.snapshot.blueprint.problem
    if problem is not None:
        return not_so(problem.what, problem.fix)
    if not case.has_blueprint:
        return unknown("there is no render.yaml, which says what runs on Render", MAKE)
    if role is Role.WORKER:
        return not_so("render.yaml has no service that runs a worker", MAKE)
    return not_needed(f"render.yaml has no service for {_NAMES.get(role, role.value)}")


_NAMES: Final = {Role.WEB: "the web", Role.FLOWER: "Flower"}


def of_seen(seen: Seen) -> Answer:
    """The answer for a fault that preflight finds."""
    shown = Evidence(Source.FILE, seen.what, seen.file, seen.line) if seen.file else None
    return not_so(f"{seen.what}: {seen.why}", seen.fix, *((shown,) if shown else ()))


def not_there(case: Case, meant: Meant) -> Answer:
    """The answer where Render has no such service, or could not be asked."""
    if isinstance(case.remote, FleetError):
        return unknown(case.remote.what, case.remote.fix)
    what = f"the workspace {case.remote.workspace} has no {meant.service.name} of this kind"
    return not_so(what, DASHBOARD)


def not_live(meant: Meant) -> Answer:
    """The answer where none of its deploys is live."""
    return unknown(f"no deploy of {meant.service.name} is live", "solofleet render deploy")


def not_said(there: There, what: str, tells: str) -> Answer:
    """The answer where its log has no such line, or could not be read."""
    assert there.live is not None, "its log begins with its deploy"
    if there.unread is not None:
        why = f"the log of {there.service.name} could not be read: {there.unread.why}"
        return unknown(why, there.unread.fix)
    return unknown(f"{there.service.name} has not logged {what} since {there.live.id}", tells)


def logged(there: There, pattern: re.Pattern[str]) -> Evidence | None:
    """The newest line like this since the deploy that is live."""
    for line in reversed(there.lines):
        if there.live is not None and pattern.search(line.message):
            words, live = shown(line.message), there.live
            return Evidence(Source.LOG, words, at=line.at, commit=live.commit, deploy=live.id)
    return None


def of_api(case: Case, words: str) -> Evidence:
    """What Render says."""
    at = None if isinstance(case.remote, FleetError) else case.remote.at
    return Evidence(Source.API, words, at=at)


def proved(case: Case, check: str) -> tuple[Evidence, ...]:
    """What `verify` has shown of what runs now: this commit, and no younger deploy."""
    proof, oid = case.proof, case.snapshot.commit.oid
    if proof is None or not proof.commit or not oid.startswith(proof.commit):
        return ()
    known = () if isinstance(case.remote, FleetError) else case.remote.services.values()
    lives = [there.live for there in known if there.live is not None]
    if any(live.created_at is not None and live.created_at > proof.at for live in lives):
        return ()
    return tuple(
        Evidence(Source.PROOF, shown(f"{each.what}: {each.evidence}"), at=proof.at, commit=oid)
        for each in proof.of(check)
    )


def shown(text: str) -> str:
    """A line as it is told: in one line, no longer than needed, passwords masked."""
    words = " ".join(mask_url(text).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def told(names: Iterable[str]) -> str:
    """Names, not too many of them."""
    known = list(dict.fromkeys(names))
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return ", ".join(known[:NAMED]) + more

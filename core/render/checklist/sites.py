"""The boxes of what an address shows: the API answers, and Flower does, behind a password."""

from datetime import datetime
from typing import Final

from core.errors import FleetError
from core.render.blueprint.services import celery_calls, command_text, option_of
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, Evidence, Source, done, not_so, unknown
from core.render.checklist.services import SYNC
from core.render.checklist.there import There
from core.render.checklist.words import not_live, not_there, of_api, told
from core.render.variables.written import Kind

AUTH: Final = "FLOWER_BASIC_AUTH"
OPEN: Final = 200
FORBIDDEN: Final = 401


def answers(case: Case, meant: Meant) -> Answer:
    """Whether its address answers."""
    if (there := meant.there) is None:
        return not_there(case, meant)
    if there.live is None or there.visit is None:
        return not_live(meant)
    visit = there.visit
    shown = _of_site(there, f"GET {visit.url}: {visit.status or visit.trouble}", visit.at)
    if visit.good:
        return done(shown)
    why = f"{meant.service.name} does not answer as it should"
    return not_so(why, f"solofleet render logs --service {meant.service.name}", shown)


def password(case: Case, meant: Meant) -> Answer:
    """Whether Flower asks for one, which is in no file and in no command."""
    service = meant.service
    line = service.line if service.start is None else service.start.line
    for call in celery_calls(command_text(meant.table)):
        if option_of(call, "--basic_auth", "--basic-auth") is not None:
            why = "its password stands in the start command, which every member sees"
            fix = f"put another one into {AUTH} with `sync: false`"
            return not_so(why, fix, Evidence(Source.FILE, why, service.file, line))
        if option_of(call, "--auth") is not None:
            return done(Evidence(Source.FILE, "it has --auth", service.file, line))
    written = next((each for each in service.values if each.name == AUTH), None)
    here = () if written is None else (Evidence(Source.FILE, AUTH, written.file, written.line),)
    if written is not None and written.kind is Kind.VALUE:
        return not_so(f"{AUTH} has its value in render.yaml", "write `sync: false`", *here)
    if (there := meant.there) is not None:
        seen = there.dashboard
        if seen is not None and seen.front == FORBIDDEN:
            return done(*here, _of_site(there, f"GET / without a login: {seen.front}", seen.at))
        if seen is not None and seen.front == OPEN:
            shown = _of_site(there, f"GET / without a login: {seen.front}", seen.at)
            return not_so(f"{service.name} lets everybody in", f"set {AUTH} there", *here, shown)
        if AUTH in there.variables:
            return done(*here, of_api(case, f"{service.name} has {AUTH}"))
        return not_so(f"Render has no {AUTH} for {service.name}", "set it there: user:password")
    if written is not None and written.kind is Kind.GENERATED:
        return done(*here)
    tells = case.remote.fix if isinstance(case.remote, FleetError) else SYNC
    return unknown(f"only Render knows whether it has {AUTH}", tells, *here)


def workers(case: Case, meant: Meant) -> Answer:
    """Whether Flower has workers online."""
    if (there := meant.there) is None:
        return not_there(case, meant)
    if there.live is None:
        return not_live(meant)
    if (seen := there.dashboard) is None:
        return unknown(f"{meant.service.name} does not answer", "see whether it is up")
    if not seen.workers:
        words = f"GET {seen.url} names no worker that is online"
        shown = _of_site(there, words, seen.at)
        return not_so(words, "see that it has the same address of the broker", shown)
    words = f"GET {seen.url} has {told(sorted(seen.workers))} online"
    return done(_of_site(there, words, seen.at))


def _of_site(there: There, words: str, at: datetime) -> Evidence:
    live = there.live
    commit, deploy = (live.commit, live.id) if live is not None else ("", "")
    return Evidence(Source.ANSWER, words, at=at, commit=commit, deploy=deploy)

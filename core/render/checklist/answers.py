"""What is found now for each box."""

from collections.abc import Callable, Mapping
from typing import Final

from core.render.blueprint.services import Role
from core.render.checklist import after, holding, services, sites
from core.render.checklist.before import documented, packages, redis
from core.render.checklist.box import Box
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, State, all_of, done, one_of, unknown
from core.render.checklist.words import absent, proved

_Ask = Callable[[Case], Answer]


def _each(role: Role, ask: Callable[[Case, Meant], Answer]) -> _Ask:
    """All services for this have to be so."""
    return lambda case: (
        absent(case, role) or all_of(*(ask(case, meant) for meant in case.meant(role)))
    )


def _some(role: Role, ask: Callable[[Case, Meant], Answer]) -> _Ask:
    """One of the services for this has to be so."""
    return lambda case: (
        absent(case, role) or one_of(*(ask(case, meant) for meant in case.meant(role)))
    )


def _or_proved(ask: _Ask, check: str) -> _Ask:
    """What nobody knows from elsewhere may be known from `solofleet render verify`."""

    def asked(case: Case) -> Answer:
        found = ask(case)
        seen = proved(case, check) if found.state is State.UNKNOWN else ()
        return done(*found.evidence, *seen) if seen else found

    return asked


def _by_hand(case: Case) -> Answer:
    return absent(case, Role.WEB) or unknown("only a person can know", "")


_ASKED: Final[Mapping[str, _Ask]] = {
    "redis": _or_proved(redis, "ran-on-render"),
    "documented": documented,
    "packages": packages,
    "web-there": _each(Role.WEB, services.on_render),
    "web-root": _each(Role.WEB, services.root),
    "web-start": _each(Role.WEB, services.start),
    "web-variables": _each(Role.WEB, holding.variables),
    "web-answers": _or_proved(_each(Role.WEB, sites.answers), "web"),
    "worker-there": _each(Role.WORKER, services.on_render),
    "worker-root": _each(Role.WORKER, services.root),
    "worker-start": _each(Role.WORKER, services.start),
    "worker-variables": _each(Role.WORKER, holding.variables),
    "worker-ready": _or_proved(_each(Role.WORKER, after.ready), "online"),
    "flower-there": _each(Role.FLOWER, services.on_render),
    "flower-password": _each(Role.FLOWER, sites.password),
    "flower-answers": _or_proved(_each(Role.FLOWER, sites.answers), "flower"),
    "flower-workers": _or_proved(_each(Role.FLOWER, sites.workers), "flower"),
    "sent": _by_hand,
    "logged": _or_proved(_some(Role.WORKER, after.received), "log"),
    "completed": _or_proved(_some(Role.WORKER, after.succeeded), "ran-on-render"),
    "status": _by_hand,
    "usage": _or_proved(_each(Role.WORKER, after.usage), "memory"),
}


def answer(box: Box, case: Case) -> Answer:
    """What is found for it; nothing is remembered here."""
    return _ASKED[box.id](case)

"""What is found now for each box."""

from collections.abc import Callable, Mapping
from typing import Final

from core.render.blueprint.services import Role
from core.render.checklist import after, holding, services, sites
from core.render.checklist.before import documented, packages, redis
from core.render.checklist.box import Box
from core.render.checklist.case import Case, Meant
from core.render.checklist.evidence import Answer, all_of, one_of, unknown
from core.render.checklist.words import absent

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


def _by_hand(case: Case) -> Answer:
    return absent(case, Role.WEB) or unknown("only a person can know", "")


_ASKED: Final[Mapping[str, _Ask]] = {
    "redis": redis,
    "documented": documented,
    "packages": packages,
    "web-there": _each(Role.WEB, services.on_render),
    "web-root": _each(Role.WEB, services.root),
    "web-start": _each(Role.WEB, services.start),
    "web-variables": _each(Role.WEB, holding.variables),
    "web-answers": _each(Role.WEB, sites.answers),
    "worker-there": _each(Role.WORKER, services.on_render),
    "worker-root": _each(Role.WORKER, services.root),
    "worker-start": _each(Role.WORKER, services.start),
    "worker-variables": _each(Role.WORKER, holding.variables),
    "worker-ready": _each(Role.WORKER, after.ready),
    "flower-there": _each(Role.FLOWER, services.on_render),
    "flower-password": _each(Role.FLOWER, sites.password),
    "flower-answers": _each(Role.FLOWER, sites.answers),
    "flower-workers": _each(Role.FLOWER, sites.workers),
    "sent": _by_hand,
    "logged": _some(Role.WORKER, after.received),
    "completed": _some(Role.WORKER, after.succeeded),
    "status": _by_hand,
    "usage": _each(Role.WORKER, after.usage),
}


def answer(box: Box, case: Case) -> Answer:
    """What is found for it; nothing is remembered here."""
    return _ASKED[box.id](case)

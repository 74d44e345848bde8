"""One list of a project's variables: who needs each, and where it is present, missing, different.

Pure: all that was read comes in, and no value goes out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from core.render.blueprint.services import Role
from core.render.variables.digests import Digests
from core.render.variables.read import Read
from core.render.variables.written import Kind, Service, Written

LOCAL: Final = ".env"
REMOTE: Final = "group"
ROLES: Final = (Role.WEB, Role.WORKER)
_GIVEN: Final = ("PORT", "PATH", "HOME", "PWD", "USER", "LANG", "TZ", "WEB_CONCURRENCY")
_GIVEN_PREFIXES: Final = ("RENDER", "PYTHON", "IS_PULL_REQUEST")


class State(StrEnum):
    """How a variable stands at one place.

    EQUAL and DIFFERENT compare with the `.env` file. PRESENT: there is nothing to compare. UNKNOWN:
    a group that is not in render.yaml may have it.
    """

    PRESENT = "present"
    EQUAL = "equal"
    DIFFERENT = "different"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Picture:
    """What was read: of the code, with who runs it; of `.env` files; of render.yaml.

    `users` leads from a file to those who run it. `services` is None without a render.yaml.
    `remote` has the hash of each variable of the group on Render; None where that is not known.
    `tracked` are the files that HEAD has, None where that is not known.
    """

    reads: tuple[Read, ...] = ()
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    env: tuple[Written, ...] = ()
    services: tuple[Service, ...] | None = None
    remote: Mapping[str, str] | None = None
    tracked: frozenset[str] | None = None

    def of_role(self, role: Role) -> tuple[Service, ...]:
        """The services for this."""
        return tuple(one for one in self.services or () if one.role is role)

    def local(self, names: Iterable[str]) -> Written | None:
        """What the `.env` files have, the first file first."""
        wanted = {name.upper() for name in names}
        return next((each for each in self.env if each.name.upper() in wanted), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One variable. `names` are tried in this order; `needed_by` are web, worker, or nobody known.

    `required`: code of theirs raises without it. `places` leads from the place to the state.
    """

    names: tuple[str, ...]
    needed_by: tuple[str, ...]
    required: bool
    reads: tuple[Read, ...]
    places: Mapping[str, State]


def is_given(name: str) -> bool:
    """Whether Render itself, or the system, sets it (https://render.com/docs/environment-variables)."""
    return name in _GIVEN or name.startswith(_GIVEN_PREFIXES)


def rows_of(picture: Picture, digests: Digests) -> tuple[Row, ...]:
    """All variables by name: what code reads, then what is written down though nothing reads it."""
    by_names: dict[tuple[str, ...], list[Read]] = {}
    for read in picture.reads:
        by_names.setdefault(read.names, []).append(read)
    known = {name.upper() for names in by_names for name in names}
    written = [*picture.env, *(each for one in picture.services or () for each in one.held)]
    for each in written:
        if each.name.upper() not in known:
            by_names.setdefault((each.name,), [])
    for name in picture.remote or ():
        if name.upper() not in known:
            by_names.setdefault((name,), [])
    return tuple(_row(picture, digests, names, by_names[names]) for names in sorted(by_names))


def _row(picture: Picture, digests: Digests, names: tuple[str, ...], reads: list[Read]) -> Row:
    users = {user for read in reads for user in picture.users.get(read.file, ())}
    return Row(
        names=names,
        needed_by=tuple(user for user in ("web", "worker") if user in users),
        required=any(read.must for read in reads if picture.users.get(read.file)),
        reads=tuple(reads),
        places=dict(_places(picture, digests, names)),
    )


def _places(
    picture: Picture, digests: Digests, names: tuple[str, ...]
) -> Iterable[tuple[str, State]]:
    local = picture.local(names)
    own = digests.of(local.text) if local is not None else None
    yield LOCAL, State.PRESENT if local is not None else State.MISSING
    for role in ROLES:
        if services := picture.of_role(role):
            yield (
                role.value,
                min((_state(one, names, own, digests) for one in services), key=_WORST.index),
            )
    if picture.remote is not None:
        remote = {name.upper(): digest for name, digest in picture.remote.items()}
        there = next((remote[name.upper()] for name in names if name.upper() in remote), None)
        yield REMOTE, _compared(there, own)


_WORST: Final = (State.MISSING, State.UNKNOWN, State.DIFFERENT, State.PRESENT, State.EQUAL)


def _state(one: Service, names: tuple[str, ...], own: str | None, digests: Digests) -> State:
    held = one.get(names)
    if held is None:
        return State.UNKNOWN if one.elsewhere else State.MISSING
    return _compared(digests.of(held.text), own) if held.kind is Kind.VALUE else State.PRESENT


def _compared(there: str | None, own: str | None) -> State:
    if there is None:
        return State.MISSING
    if own is None:
        return State.PRESENT
    return State.EQUAL if there == own else State.DIFFERENT

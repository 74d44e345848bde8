"""How the variables of `.env` differ from those that a group or a service has on Render."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import FleetError
from core.render.variables.contract import Picture, State, is_given
from core.render.variables.digests import Digests
from core.render.variables.pushing import outgoing


@dataclass(frozen=True, slots=True)
class Drift:
    """One variable. `place` is where `.env` has it, empty where only Render does.

    `state` is how it stands there; `fault` why the value of `.env` cannot be sent.
    """

    name: str
    place: str
    state: State
    fault: FleetError | None = None

    @property
    def can_go(self) -> bool:
        """Whether it makes sense to send it."""
        return bool(self.place) and self.fault is None and self.state is not State.EQUAL


def drift(
    picture: Picture, remote: Mapping[str, str], digests: Digests, holder: str
) -> tuple[Drift, ...]:
    """All of them by name; `remote` has the hashes of those in `holder`. No value goes out."""
    names = dict.fromkeys(each.name for each in picture.env)
    found = [_of_env(picture, name, remote, digests, holder) for name in names]
    only_there = remote.keys() - names.keys()
    found += [Drift(name, "", State.PRESENT) for name in only_there]
    return tuple(sorted(found, key=lambda each: each.name))


def _of_env(
    picture: Picture, name: str, remote: Mapping[str, str], digests: Digests, holder: str
) -> Drift:
    try:
        (one,) = outgoing(picture, (name,), remote, digests, holder)
    except FleetError as error:
        written = picture.local((name,))
        place = "" if written is None else f"{written.file}:{written.line}"
        return Drift(name, place, State.PRESENT if name in remote else State.MISSING, error)
    return Drift(name, one.place, one.state)


def lacking(found: tuple[Drift, ...]) -> tuple[str, ...]:
    """The names that Render has and `.env` has not, but for those that Render sets itself."""
    return tuple(each.name for each in found if not each.place and not is_given(each.name))

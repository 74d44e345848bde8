"""What of `.env` goes to Render: chosen variables, each compared with what is there.

Pure: values come in as Secrets and go out as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import USAGE, FleetError
from core.render.variables.contract import Picture, State, is_given
from core.render.variables.digests import Digests
from core.render.variables.finding import Severity
from core.render.variables.lints import lints
from core.render.variables.written import Written
from core.secret import Secret


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A variable to be set, from `place`: `.env:3`. `state`: missing, different or equal there."""

    name: str
    place: str
    value: Secret
    state: State


def outgoing(
    picture: Picture,
    names: Sequence[str],
    remote: Mapping[str, str],
    digests: Digests,
    holder: str,
) -> tuple[Outgoing, ...]:
    """The chosen variables; `remote` are the hashes of those in `holder`, by name.

    A file for production, such as `.env.production`, goes before the others.
    Raises FleetError, before anything is sent: one that `.env` does not have, that Render sets
    itself, or whose value cannot be right there.
    """
    ranked = replace(picture, env=tuple(sorted(picture.env, key=lambda each: not each.deployed)))
    found = [(name, ranked.local([name])) for name in dict.fromkeys(names)]
    if missing := [name for name, written in found if written is None]:
        raise FleetError(
            f"{', '.join(missing)} cannot be sent to Render",
            "no .env file of the project has it",
            "Write it into .env, or set it in Render's dashboard.",
            exit_code=USAGE,
        )
    values = [written for _, written in found if written is not None]
    for written in values:
        _refuse_wrong(written, digests, holder)
    return tuple(
        Outgoing(each.name, _place(each), Secret(each.text), _state(each, remote, digests))
        for each in values
    )


def _refuse_wrong(written: Written, digests: Digests, holder: str) -> None:
    if is_given(written.name) and not written.name.startswith("PYTHON"):
        raise FleetError(
            f"{written.name} cannot be sent to Render",
            "Render sets it itself",
            "Leave it out.",
            exit_code=USAGE,
        )
    there = Picture(env=(replace(written, owner=holder),))
    for finding in lints(there, digests):
        if finding.severity is Severity.BLOCK:
            raise FleetError(
                f"{written.name} of {_place(written)} cannot be right on Render",
                f"{finding.what}: {finding.why}",
                f"{finding.fix[0].upper()}{finding.fix[1:]}.",
                exit_code=USAGE,
            )


def _place(written: Written) -> str:
    return f"{written.file}:{written.line}"


def _state(written: Written, remote: Mapping[str, str], digests: Digests) -> State:
    there = remote.get(written.name)
    if there is None:
        return State.MISSING
    return State.EQUAL if there == digests.of(written.text) else State.DIFFERENT

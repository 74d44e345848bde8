"""Settings in the environment: `SOLOFLEET_WORKERS=3` and its like, one variable per key."""

from collections.abc import Mapping
from typing import Final

from core.errors import USAGE, FleetError
from core.secret import mask_url
from core.settings.keys import KEYS, PREFIX
from core.settings.merged import Reading
from core.settings.origin import Layer, Origin, Setting
from core.settings.tables import nearest
from core.workers.keeper import TOKEN_VARIABLE

PRODUCTION_BROKER: Final = f"{PREFIX}PRODUCTION_BROKER"
"""Production's address, which wins over all others there; a fleet never works on it."""
OWN: Final = frozenset({TOKEN_VARIABLE, PRODUCTION_BROKER})
"""Variables of ours that are no settings."""


def read_variables(environ: Mapping[str, str]) -> Reading:
    """Check the variables that are settings; an empty one says nothing.

    Lists have commas, and flags are true or false. A broker may have a password here. Raises
    FleetError, with the variable, for a value of a wrong kind.
    """
    known = {key.variable: key for key in KEYS.values()}
    values: dict[str, Setting] = {}
    warnings: list[str] = []
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable in OWN or not text.strip():
            continue
        if variable not in known:
            warnings.append(f"unknown variable {variable}; {nearest(variable, known)}")
            continue
        key = known[variable]
        checked = key.kind.check(key.kind.read(text))
        if checked is None:
            raise _wrong(variable, key.kind.expected, text)
        values[key.name] = Setting(checked, Origin(Layer.ENVIRONMENT, variable))
    return Reading(values, warnings=tuple(warnings))


def _wrong(variable: str, expected: str, text: str) -> FleetError:
    return FleetError(
        f"the variable {variable} is wrong",
        f"it must be {expected}, not {mask_url(repr(text))}",
        f"Set {variable} in that form, or unset it.",
        exit_code=USAGE,
    )

"""What a person chooses for Render: the options of `render blueprint`, and the table `render`."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, cast

from core.errors import USAGE, FleetError
from core.render.blueprint.schema import COMPUTE_PLANS, KEY_VALUE_PLANS, REGIONS, TRIGGERS

REDIS: Final = ("key-value", "outside")
"""Render's own Key Value, or a Redis elsewhere, such as Upstash."""
MAX_INSTANCES: Final = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """None where nobody chose.

    `name` starts the names of all services. `plan` is the workers', `web_plan` that of the others.
    `shutdown` is in seconds. `deploy` is Render's autoDeployTrigger.
    """

    name: str | None = None
    plan: str | None = None
    web_plan: str | None = None
    region: str | None = None
    concurrency: int | None = None
    instances: int | None = None
    shutdown: int | None = None
    redis: str | None = None
    key_value_plan: str | None = None
    flower: bool | None = None
    deploy: str | None = None

    def over(self, other: "Choices") -> "Choices":
        """These, and of the other one what is not chosen here."""
        return Choices(**{**other.table(), **self.table()})

    def table(self) -> dict[str, Any]:
        """What was chosen, by key, as a settings file has it."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: value for key, value in said.items() if value is not None}

    def __str__(self) -> str:
        return ", ".join(f"{key} = {_shown(value)}" for key, value in self.table().items())


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_choices(value: object) -> Choices | None:
    """Read the table `render`; None when it is none. Raises FleetError for what is wrong in it."""
    if not isinstance(value, dict):
        return None
    said: dict[str, Any] = {}
    for written, given in cast("dict[str, object]", value).items():
        key = written.replace("-", "_")
        if key not in KEYS:
            raise _wrong(written, f"one of {', '.join(KEYS)}")
        expected, check, _ = KEYS[key]
        if not check(given):
            raise _wrong(written, expected)
        said[key] = given
    return Choices(**said)


def choices_in_text(text: str) -> object:
    """The table as a variable has it, which is TOML: `plan = "standard"`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text


def _wrong(key: str, expected: str) -> FleetError:
    return FleetError(
        f"the setting render.{key} is wrong",
        f"it must be {expected}",
        f"Write render.{key} = … in that form, or remove it.",
        exit_code=USAGE,
    )


_Check = tuple[str, Callable[[object], bool], Mapping[str, object]]


def _words(words: tuple[str, ...]) -> _Check:
    return f"one of {', '.join(words)}", lambda value: value in words, {"enum": list(words)}


def _whole(most: int) -> _Check:
    schema = {"type": "integer", "minimum": 1, "maximum": most}
    return f"a whole number from 1 to {most}", lambda value: _is_whole(value, most), schema


def _is_whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


_NAME: Final = r"^[A-Za-z0-9][A-Za-z0-9-]*$"


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(re.search(_NAME, value))


KEYS: Final[Mapping[str, _Check]] = {
    "name": ("letters, digits and -", _is_name, {"type": "string", "pattern": _NAME}),
    "plan": _words(COMPUTE_PLANS[1:]),
    "web_plan": _words(COMPUTE_PLANS),
    "region": _words(REGIONS),
    "concurrency": _whole(64),
    "instances": _whole(MAX_INSTANCES),
    "shutdown": _whole(300),
    "redis": _words(REDIS),
    "key_value_plan": _words(KEY_VALUE_PLANS),
    "flower": ("true or false", lambda value: isinstance(value, bool), {"type": "boolean"}),
    "deploy": _words(TRIGGERS),
}
"""Each key: what is expected, in words, as a check, and in JSON Schema."""

CHOICES_SCHEMA: Final[Mapping[str, object]] = {
    "type": "object",
    "properties": {
        spelling: schema
        for key, (_, _, schema) in KEYS.items()
        for spelling in dict.fromkeys((key, key.replace("_", "-")))
    },
    "additionalProperties": False,
}

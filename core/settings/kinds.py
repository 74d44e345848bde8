"""What values may look like: in words, for our reader, and in JSON Schema for editors.

The two forms of a kind stand side by side, since they must accept the same. A check gives the
value as `Settings` keeps it, or None when it is of a wrong kind.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from core.secret import URL_PASSWORD, URL_TOKEN, Secret

MAX_WORKERS: Final = 64
DAY_S: Final = 86400

Schema = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. `read` makes of a variable's text what a TOML file would have held."""

    expected: str
    check: Callable[[object], object]
    schema: Schema
    read: Callable[[str], object] = str


def text(expected: str) -> Kind:
    """Text that is not blank."""
    return Kind(expected, _text, _TEXT)


def texts(expected: str) -> Kind:
    """A list of texts; one text with commas will do."""
    schema = {"anyOf": [{"type": "array", "items": _TEXT}, {"type": "string", "pattern": _LIST}]}
    return Kind(expected, _texts, schema)


def choice(words: Sequence[str]) -> Kind:
    """One of these words, in upper or lower case."""

    def check(value: object) -> str | None:
        word = (_text(value) or "").lower()
        return word if word in words else None

    pattern = rf"^\s*({'|'.join(_any_case(word) for word in words)})\s*$"
    # The list is for completion, the pattern for whoever writes INFO.
    schema = {"anyOf": [{"enum": [str(word) for word in words]}, _matching(pattern)]}
    return Kind(f"one of {', '.join(words)}", check, schema)


def _matching(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _any_case(word: str) -> str:
    """JSON Schema has no flag for it."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


_TEXT: Final = _matching(r"\S")
_LIST: Final = r"^[^,]*[^,\s][^,]*(,[^,]*[^,\s][^,]*)*$"


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return None
    found = [_text(item) for item in cast(Sequence[object], items)]
    return None if None in found else tuple(item for item in found if item)


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 1 <= value <= MAX_WORKERS else None


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < DAY_S else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _broker(value: object) -> Secret | None:
    url = _text(value)
    return Secret(url) if url and (url == "builtin" or "://" in url) else None


def _variables(value: object) -> Mapping[str, str] | None:
    if not isinstance(value, dict):
        return None
    table = cast(dict[str, object], value)
    texts = {name: value for name, value in table.items() if isinstance(value, str)}
    fine = all(re.search(_NAME, name) and "\0" not in texts.get(name, "\0") for name in table)
    return texts if fine else None


def _whole(text: str) -> object:
    return int(text) if re.fullmatch(r"\s*\d{1,9}\s*", text) else text


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _yes_or_no(text: str) -> object:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    return words.get(text.strip().lower(), text)


_NAME: Final = r"^[A-Za-z_][A-Za-z0-9_]*$"


def _in_schema(pattern: str) -> str:
    """Python escapes a # for its verbose mode; the expressions of JSON Schema know no such one."""
    return pattern.replace(r"\#", "#")


COUNT: Final = Kind(
    f"a whole number from 1 to {MAX_WORKERS}",
    _count,
    {"type": "integer", "minimum": 1, "maximum": MAX_WORKERS},
    _whole,
)
SECONDS: Final = Kind(
    "a number of seconds, less than a day",
    _seconds,
    {"type": "number", "minimum": 0, "exclusiveMaximum": DAY_S},
    _number,
)
FLAG: Final = Kind("true or false", _flag, {"type": "boolean"}, _yes_or_no)
BROKER: Final = Kind(
    '"builtin" or a URL',
    _broker,
    {
        "anyOf": [{"const": "builtin"}, _matching(r"^\s*builtin\s*$|://")],
        "not": {"pattern": f"{_in_schema(URL_PASSWORD)}|{_in_schema(URL_TOKEN)}"},
    },
)
VARIABLES: Final = Kind(
    "a table of variables whose values are text",
    _variables,
    {
        "type": "object",
        "additionalProperties": _matching(r"^[^\u0000]*$"),
        "propertyNames": {"pattern": _NAME},
    },
)

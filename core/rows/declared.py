"""The rows that a project declares: `rows` in its settings, a text or a table for each."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from core.errors import USAGE, FleetError
from core.secret import looks_secret, mask_url

READY: Final = re.compile(r"port|/\S*|log:.+")
_NAME: Final = re.compile(r"[A-Za-z][\w-]*")
_RESERVED: Final = ("workers", "solofleet")


@dataclass(frozen=True, slots=True)
class DeclaredRow:
    """What is written of one row; None where nothing is.

    `command` is a text that is split, or the words themselves. `ready` is "port", "/path" or
    "log:pattern". `where` is the file, for people.
    """

    name: str
    command: str | tuple[str, ...]
    where: str = "rows"
    cwd: str | None = None
    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    port: int | None = None
    ready: str | None = None
    after: tuple[str, ...] | None = None
    restart: bool = True
    reload: bool = False
    stop_signal: str = "TERM"
    grace_s: float | None = None

    def __str__(self) -> str:
        return self.name


def read_rows(value: object) -> tuple[DeclaredRow, ...] | None:
    """Read the table `rows`; None when it is none. Raises FleetError for what is wrong in it."""
    if not isinstance(value, dict):
        return None
    return tuple(_row(name, row) for name, row in cast("dict[str, object]", value).items())


def rows_in_text(text: str) -> object:
    """The table as a variable has it, which is TOML: `web = "uvicorn main:app"`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text


def _row(name: str, value: object) -> DeclaredRow:
    if not _NAME.fullmatch(name) or name in _RESERVED:
        raise _wrong(name, "its name", "letters, digits, - and _, and not workers or solofleet")
    table = cast("dict[str, object]", value) if isinstance(value, dict) else {"command": value}
    fields: dict[str, Any] = {}
    for key, given in table.items():
        if key not in _KEYS:
            raise _wrong(name, f"the key {key}", f"one of {', '.join(_KEYS)}")
        to, expected, check = _KEYS[key]
        fields[to] = check(given)
        if fields[to] is None:
            raise _wrong(name, key, expected)
    if "command" not in fields:
        raise _wrong(name, "command", "there: the text of what to run")
    row = DeclaredRow(name, **fields)
    if row.ready is not None and row.ready.startswith("log:"):
        _refuse_pattern(row.name, row.ready.removeprefix("log:"))
    return row


def _refuse_pattern(name: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise _wrong(name, "ready", f"a pattern that makes sense ({error})") from None


def _wrong(name: str, key: str, expected: str) -> FleetError:
    return FleetError(
        f"the row {name} in the settings is wrong: {key}",
        f"it must be {expected}",
        f'Write rows.{name} = "command", or a table with {", ".join(_KEYS)}.',
        exit_code=USAGE,
    )


def _command(value: object) -> str | tuple[str, ...] | None:
    if isinstance(value, str):
        return value.strip() or None
    return _texts(value) or None


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    texts = tuple(item for item in items if isinstance(item, str))
    return texts if len(texts) == len(items) else None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _env(value: object) -> Mapping[str, str] | None:
    if not isinstance(value, dict):
        return None
    table = cast("dict[str, object]", value)
    variables = {name: text for name, text in table.items() if isinstance(text, str)}
    secret = (name for name, v in variables.items() if looks_secret(name) or mask_url(v) != v)
    return None if len(variables) < len(table) or any(secret) else variables


def _port(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 1 <= value <= 65535 else None


def _ready(value: object) -> str | None:
    return value if isinstance(value, str) and READY.fullmatch(value) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _signal(value: object) -> str | None:
    name = value.upper().removeprefix("SIG") if isinstance(value, str) else ""
    return name if name in _SIGNALS else None


_SIGNALS: Final = ("TERM", "INT", "QUIT", "HUP", "USR1", "USR2")
"""Known on all systems, since the file is shared between them."""


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < 86400 else None


_KEYS: Final[Mapping[str, tuple[str, str, Callable[[object], object]]]] = {
    "command": ("command", "a text, or a list of words", _command),
    "cwd": ("cwd", "the text of a folder", _text),
    "env": ("env", "a table of texts without secrets, which belong into .env", _env),
    "port": ("port", "a port, from 1 to 65535", _port),
    "ready": ("ready", '"port", a path such as "/health", or "log:" and a pattern', _ready),
    "after": ("after", 'a list of rows, or "workers"', _texts),
    "restart": ("restart", "true or false", _flag),
    "reload": ("reload", "true or false", _flag),
    "stop_signal": ("stop_signal", f"one of {', '.join(_SIGNALS)}", _signal),
    "grace": ("grace_s", "a number of seconds, less than a day", _seconds),
}

_TEXT: Final = {"type": "string", "pattern": r"\S"}
_WORDS: Final = {"type": "array", "items": {"type": "string"}}
_COMMAND: Final = {"anyOf": [_TEXT, {**_WORDS, "minItems": 1}]}
ROWS_SCHEMA: Final[Mapping[str, object]] = {
    "type": "object",
    "propertyNames": {"pattern": rf"^{_NAME.pattern}$", "not": {"enum": list(_RESERVED)}},
    "additionalProperties": {
        "anyOf": [
            *_COMMAND["anyOf"],
            {
                "type": "object",
                "required": ["command"],
                "properties": {
                    "command": _COMMAND,
                    "cwd": _TEXT,
                    "env": {"type": "object", "additionalProperties": {"type": "string"}},
                    "port": {"type": "integer", "minimum": 1, "maximum": 65535},
                    "ready": {"type": "string", "pattern": rf"^({READY.pattern})$"},
                    "after": _WORDS,
                    "restart": {"type": "boolean"},
                    "reload": {"type": "boolean"},
                    "stop_signal": {"type": "string"},
                    "grace": {"type": "number", "minimum": 0, "exclusiveMaximum": 86400},
                },
                "additionalProperties": False,
            },
        ]
    },
}
"""The same for editors (JSON Schema); signals and secrets are left to `read_rows`."""

"""Values as YAML text that every parser reads alike, be it one of YAML 1.1 or 1.2."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"

_PLAIN: Final = re.compile(r"[A-Za-z_/.$][\w ./@%$=:+*&<>|;~\"'()-]*")
_WORDS: Final = frozenset(
    ("true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", ".inf", ".nan")
)
_NUMBER: Final = re.compile(r"[.\d][\d.eE+_-]*")


def block(value: Value) -> Iterator[str]:
    """The lines of a value in block style, not indented; a list's items stand below `- `."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _entry(key, inner)
    elif isinstance(value, str | int | Mapping) or not value:
        yield flow(value)
    else:
        for item in value:
            lines = list(block(item))
            yield f"- {lines[0]}"
            yield from (f"  {line}" for line in lines[1:])


def _entry(key: str, value: Value) -> Iterator[str]:
    if isinstance(value, str | int) or not value:
        yield f"{key}: {flow(value)}"
        return
    yield f"{key}:"
    yield from (f"  {line}" for line in block(value))


def flow(value: Value) -> str:
    """A value on one line, lists in brackets and tables in braces."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return scalar(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {_inside(one)}" for key, one in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(_inside, value)) + "]"


def _inside(value: Value) -> str:
    """Inside of brackets a plain text ends where it would go on outside."""
    is_plain = isinstance(value, str) and re.fullmatch(r"[\w./@%$-]+", value)
    return flow(value) if is_plain or not isinstance(value, str) else json.dumps(value)


def scalar(text: str) -> str:
    """A text, in quotes where it could be taken for something else."""
    is_plain = (
        _PLAIN.fullmatch(text)
        and text.isascii()
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
    )
    return text if is_plain else json.dumps(text, ensure_ascii=False)

"""Reads JSON that people type, and says in their words where it is none."""

import json
from collections.abc import Callable
from typing import Final, NoReturn

_PYTHON: Final = {"True": "true", "False": "false", "None": "null"}


class NotJson(ValueError):
    """`position` counts characters from 0; the text of the error has line and column from 1."""

    def __init__(self, words: str, text: str, position: int) -> None:
        line = text.count("\n", 0, position) + 1
        column = position - (text.rfind("\n", 0, position) + 1) + 1
        place = f"line {line}, column {column}" if "\n" in text else f"column {column}"
        super().__init__(f"Not JSON: {words} at {place}")
        self.position = position


def read_json(text: str) -> object:
    """The value. Raises NotJson."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        words, position = _words(error.msg, text, error.pos)
        raise NotJson(words, text, position) from None
    except _NoNumber as error:
        name = str(error)
        raise NotJson(f"there is no number {name}", text, max(text.find(name), 0)) from None
    except (ValueError, RecursionError):
        raise NotJson("a number is too long, or it goes too deep", text, 0) from None


def write_json(value: object) -> str:
    """On one line, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False)


class _NoNumber(ValueError):
    """NaN or an infinity, which JSON does not have."""


def _refuse(name: str) -> NoReturn:
    raise _NoNumber(name)


def _words(said: str, text: str, position: int) -> tuple[str, int]:
    """What Python's reader said of a place; the place is moved to the sign that is meant.

    From Python 3.13 on the reader names a comma before a bracket itself, and points at it.
    """
    bracket = _after_spaces(
        text, position + 1 if text[position : position + 1] == "," else position
    )
    before = text[:bracket].rstrip()
    if text[bracket : bracket + 1] in ("]", "}") and before.endswith(","):
        return f"there is a comma before {text[bracket]}", bracket
    for start, words in _SAID.items():
        if said.startswith(start):
            return words(text, position), position
    return said, position


def _after_spaces(text: str, position: int) -> int:
    return position + len(text[position:]) - len(text[position:].lstrip())


def _value(text: str, position: int) -> str:
    rest = text[position:]
    if not rest.strip():
        return "it ends where a value should be"
    if rest[0] == "'":
        return "a text stands in double quotes, not in single ones,"
    for python, ours in _PYTHON.items():
        if rest.startswith(python):
            return f"{python} is written {ours} here,"
    if rest[0].isalpha():
        return 'a text stands in double quotes: "…",'
    return f"{rest[0]} stands where a value should be"


def _name(text: str, position: int) -> str:
    rest = text[position:].lstrip()
    return (
        "a name in double quotes, or a closing }, is missing" if rest else "a closing } is missing"
    )


def _comma(text: str, position: int) -> str:
    rest = text[position:].lstrip()
    if rest:
        return f"a comma is missing before {rest[0]}"
    opened = max(text.rfind("["), text.rfind("{"))
    return f"a closing {']' if text[opened] == '[' else '}'} is missing"


_SAID: Final[dict[str, Callable[[str, int], str]]] = {
    "Expecting value": _value,
    "Expecting property name": _name,
    "Expecting ',' delimiter": _comma,
    "Expecting ':' delimiter": lambda text, position: "a colon is missing after the name",
    "Extra data": lambda text, position: "there is more after its end",
    "Unterminated string": lambda text, position: 'a closing " is missing for the one',
    "Invalid control character": lambda text, position: "a line break is written \\n,",
    "Invalid \\escape": lambda text, position: "a backslash is written \\\\,",
    "Invalid \\u": lambda text, position: "a backslash is written \\\\,",
}
"""The messages of the standard library's reader (json/decoder.py, 3.11 to 3.14), in our words."""

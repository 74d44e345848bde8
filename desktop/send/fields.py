"""What a form has for a task: one field per parameter, and how its text becomes a value.

Theory. A field's text is empty where the argument is not to be sent. What else a text means
depends on the field's kind:

    SWITCH, CHOICE  JSON of one of the choices
    INTEGER, NUMBER digits
    TEXT            the text itself; in double quotes, JSON of it, so that an empty text can be sent
    JSON            JSON

`null` is None where the annotation allows it. `value_text` is the way back; it gives None for a
value that a field cannot show.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, cast

from desktop.send.docstring import read_docstring
from desktop.send.json_text import read_json, write_json

NULL: Final = "null"
EMPTY_HINT: Final = "Left empty: the default is used, the argument is not sent"


class Kind(Enum):
    """What one types, or chooses."""

    SWITCH = auto()
    CHOICE = auto()
    INTEGER = auto()
    NUMBER = auto()
    TEXT = auto()
    JSON = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter. `place` is Python's word for how it is passed, as in describe.py.

    `default` is a repr, or None where there is none; `choices` are texts of the field.
    """

    name: str
    place: str
    kind: Kind
    annotation: str
    default: str | None
    nullable: bool
    choices: tuple[str, ...]
    hint: str

    @property
    def required(self) -> bool:
        """Whether the task cannot be called without it."""
        return self.default is None and not self.many

    @property
    def many(self) -> bool:
        """Whether it is `*args` or `**kwargs`."""
        return self.place.startswith("var_")

    @property
    def shown_name(self) -> str:
        """With its stars."""
        return {"var_positional": "*", "var_keyword": "**"}.get(self.place, "") + self.name


def fields_of(described: Mapping[str, Any]) -> tuple[Field, ...] | None:
    """The fields of a task, as describe.py tells of it; None where its signature is not known."""
    if described["params"] is None:
        return None
    said = read_docstring(described["doc"]).arguments
    return tuple(_field(param, said.get(param["name"], "")) for param in described["params"])


def field_value(field: Field, text: str) -> object:
    """The value of a text that is not empty. Raises ValueError with what is wrong."""
    if field.nullable and text.strip() == NULL:
        return None
    match field.kind:
        case Kind.INTEGER:
            return _number(text, int, "a whole number, as in 5")
        case Kind.NUMBER:
            value = _number(text, float, "a number, as in 0.5")
            if not math.isfinite(value):
                raise ValueError("JSON has no such number")
            return value
        case Kind.TEXT:
            return _plain_text(text)
        case Kind.SWITCH | Kind.CHOICE | Kind.JSON:
            value = read_json(text)
            if field.place == "var_positional" and not isinstance(value, list):
                raise ValueError("Write a list, as in [1, 2]")
            if field.place == "var_keyword" and not isinstance(value, dict):
                raise ValueError('Write an object, as in {"x": 1}')
            return cast("object", value)


def value_text(field: Field, value: object) -> str | None:
    """The text of a value; None where the field has none for it."""
    if value is None:
        return NULL if field.nullable or field.kind is Kind.JSON else None
    match field.kind:
        case Kind.SWITCH | Kind.CHOICE:
            text = write_json(value)
            return text if text in field.choices else None
        case Kind.INTEGER:
            return str(value) if type(value) is int else None
        case Kind.NUMBER:
            return str(value) if type(value) in (int, float) else None
        case Kind.TEXT:
            if not isinstance(value, str) or "\n" in value:
                return None
            as_it_is = value and value.strip() == value and value[0] != '"' and value != NULL
            return value if as_it_is else write_json(value)
        case Kind.JSON:
            return write_json(value)


def _plain_text(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            value: object = json.loads(text)
        except ValueError:
            return text
        if isinstance(value, str):
            return value
    return text


def _number(text: str, kind: type[int] | type[float], example: str) -> int | float:
    try:
        return kind(text.strip())
    except ValueError:
        raise ValueError(f"Write {example}") from None


# --- From what is told of a parameter ---

_PLAIN: Final = {
    **{"int": Kind.INTEGER, "float": Kind.NUMBER, "str": Kind.TEXT, "bool": Kind.SWITCH},
    **dict.fromkeys(("datetime", "date", "time", "UUID", "Path"), Kind.TEXT),  # so JSON has them
}
_PREFIX: Final = re.compile(r"\b(?:typing|datetime|builtins)\.")
_OPTIONAL: Final = re.compile(r"Optional\[(.+)\]$")


def _field(param: Mapping[str, Any], said: str) -> Field:
    default: str | None = param.get("default")
    annotation = _PREFIX.sub("", param.get("annotation", ""))
    base, nullable = _without_none(annotation)
    choices = tuple(write_json(choice) for choice in param.get("choices", ()))
    kind = Kind.CHOICE if choices else _PLAIN.get(base or _type_of(default), Kind.JSON)
    if param["kind"].startswith("var_"):
        kind, choices = Kind.JSON, ()
    elif kind is Kind.SWITCH:
        choices = ("true", "false")
        if nullable or default not in (None, "True", "False"):
            kind = Kind.CHOICE
    if kind is Kind.CHOICE and nullable and NULL not in choices:
        choices = (*choices, NULL)
    shown = "Literal" if annotation.startswith("Literal[") else annotation
    return Field(
        param["name"], param["kind"], kind, shown, default, nullable, choices,
        _hint(param, kind, choices, said, default),
    )  # fmt: skip


def _without_none(annotation: str) -> tuple[str, bool]:
    if optional := _OPTIONAL.match(annotation):
        return optional[1], True
    parts = [part.strip() for part in annotation.split("|")]
    others = [part for part in parts if part != "None"]
    return (others[0] if len(others) == 1 else annotation), len(others) < len(parts)


def _type_of(default: str | None) -> str:
    """The type of a default, by its repr; the empty text where that says nothing."""
    if default in ("True", "False"):
        return "bool"
    if default and default[0] in "'\"":
        return "str"
    if default and re.fullmatch(r"-?\d+", default):
        return "int"
    if default and re.fullmatch(r"-?\d+\.\d*(e[+-]?\d+)?", default):
        return "float"
    return ""


def _hint(
    param: Mapping[str, Any], kind: Kind, choices: Sequence[str], said: str, default: str | None
) -> str:
    parts = [said.rstrip(".")] if said else []
    if kind is Kind.CHOICE and not said:
        parts.append(_or([choice.strip('"') for choice in choices]))
    if default is not None and kind in (Kind.SWITCH, Kind.CHOICE):
        parts.append(f"{'default' if parts else 'Default'} {default.strip(chr(39))}")
    if not parts and param["kind"].startswith("var_"):
        return "A list in JSON" if param["kind"] == "var_positional" else "An object in JSON"
    if not parts and default is not None:
        return EMPTY_HINT
    if not parts and kind is Kind.JSON:
        return 'JSON: 5, true, "text", [1, 2]'
    return "; ".join(parts)


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

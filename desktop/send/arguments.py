"""The same call as texts of a form, as two texts in JSON, and as arguments.

Arguments go by name wherever they can. By place go those that Python allows no other way: before
a `/`, and all before `*args` where that has some.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Final, cast

from desktop.send.fields import Field, field_value, value_text
from desktop.send.json_text import read_json, write_json

MISSING: Final = "A value is needed"
BY_PLACE: Final = ("positional_only", "positional_or_keyword")


@dataclass(frozen=True, slots=True)
class Filled:
    """What the texts of a form come to: arguments, or `faults` by the name of the field."""

    args: tuple[object, ...]
    kwargs: Mapping[str, object]
    faults: Mapping[str, str]


def fill(fields: Sequence[Field], texts: Mapping[str, str]) -> Filled:
    """Read the texts, by the names of their fields; an empty one is an argument left out."""
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for field in fields:
        text = texts.get(field.name, "")
        try:
            if text.strip():
                values[field.name] = field_value(field, text)
            elif field.required:
                faults[field.name] = MISSING
        except ValueError as error:
            faults[field.name] = str(error)
    args, kwargs = _arranged(fields, values, faults)
    return Filled(tuple(args), kwargs, faults)


def spread(
    fields: Sequence[Field], args: Sequence[object], kwargs: Mapping[str, object]
) -> dict[str, str]:
    """The texts of a form for these arguments. Raises ValueError where it has none for them."""
    signature = Signature(
        [
            Parameter(
                field.name,
                getattr(Parameter, field.place.upper()),
                default=Parameter.empty if field.many or field.required else None,
            )
            for field in fields
        ]
    )
    try:
        bound = signature.bind_partial(*args, **kwargs).arguments
    except TypeError as error:
        raise ValueError(f"The form has no place for this: {error}") from None
    texts: dict[str, str] = {}
    for field in fields:
        if field.name in bound:
            value = (
                list(bound[field.name]) if field.place == "var_positional" else bound[field.name]
            )
            text = value_text(field, value)
            if text is None:
                raise ValueError(f"The form cannot show {field.name}: {write_json(value)}")
            texts[field.name] = text
    return texts


def as_json(fields: Sequence[Field], texts: Mapping[str, str]) -> tuple[str, str]:
    """args and kwargs in JSON; what a field has wrong stands in them as it was typed."""
    filled = fill(fields, texts)
    named = {name: write_json(value) for name, value in filled.kwargs.items()}
    for field in fields:
        if field.name in filled.faults and texts.get(field.name, "").strip():
            named[field.name] = texts[field.name]
    lines = ",\n".join(f"  {write_json(name)}: {text}" for name, text in named.items())
    return write_json(list(filled.args)), f"{{\n{lines}\n}}" if lines else "{}"


def read_args(text: str) -> tuple[object, ...]:
    """A list in JSON; nothing is an empty one. Raises ValueError in words."""
    value = read_json(text if text.strip() else "[]")
    if not isinstance(value, list):
        raise ValueError("args are a list, as in [1, 2]")
    return tuple(cast("list[object]", value))


def read_kwargs(text: str) -> Mapping[str, object]:
    """An object in JSON; nothing is an empty one. Raises ValueError in words."""
    value = read_json(text if text.strip() else "{}")
    if not isinstance(value, dict):
        raise ValueError('kwargs are an object, as in {"x": 1}')
    return cast("dict[str, object]", value)


def _arranged(
    fields: Sequence[Field], values: Mapping[str, object], faults: dict[str, str]
) -> tuple[list[object], dict[str, object]]:
    more = _of(fields, "var_positional", values)
    extra = _of(fields, "var_keyword", values)
    args: list[object] = []
    kwargs: dict[str, object] = {}
    gap: str | None = None
    for field in fields:
        if field.many:
            continue
        by_place = field.place == "positional_only" or (field.place in BY_PLACE and bool(more))
        if not by_place:
            if field.name in values:
                kwargs[field.name] = values[field.name]
        elif field.name not in values:
            gap = gap or field.name
        elif gap is None:
            args.append(values[field.name])
        else:
            faults.setdefault(gap, f"{MISSING}, since {field.name} after it goes by its place")
    if more and gap is not None:
        faults.setdefault(gap, f"{MISSING}, since more go by their place after it")
    for name, value in cast("dict[str, object]", extra or {}).items():
        if name in kwargs:
            faults[next(field.name for field in fields if field.place == "var_keyword")] = (
                f"{name} has a field of its own"
            )
        kwargs[name] = value
    return [*args, *cast("list[object]", more or [])], kwargs


def _of(fields: Sequence[Field], place: str, values: Mapping[str, object]) -> object:
    return next((values.get(field.name) for field in fields if field.place == place), None)

"""Takes from foreign JSON what is wanted, and nothing amiss: Render adds fields and words at will.

Plan ids changed twice in 2026; a value of another type than expected counts as not there.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias, cast

Json: TypeAlias = Mapping[str, Any]
"""An object of JSON."""


def table(value: object) -> Json:
    """An object; an empty one when it is something else."""
    return cast("Json", value) if isinstance(value, dict) else {}


def tables(value: object) -> tuple[Json, ...]:
    """The objects of a list."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(cast("Json", item) for item in items if isinstance(item, dict))


def text(of: Json, *keys: str) -> str:
    """A text, down the keys; empty when there is none."""
    value = _down(of, keys)
    return value if isinstance(value, str) else ""


def number(of: Json, *keys: str) -> float | None:
    """A number, down the keys."""
    value = _down(of, keys)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def whole(of: Json, *keys: str) -> int | None:
    """A whole number, down the keys."""
    value = number(of, *keys)
    return None if value is None else int(value)


def flag(of: Json, *keys: str) -> bool:
    """True where it says so; these may be words: yes, no."""
    return _down(of, keys) in (True, "yes")


def moment(of: Json, *keys: str) -> datetime | None:
    """A time with its zone (RFC 3339), down the keys."""
    try:
        found = datetime.fromisoformat(text(of, *keys))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _down(of: Json, keys: tuple[str, ...]) -> object:
    value: object = of
    for key in keys:
        value = table(value).get(key)
    return value

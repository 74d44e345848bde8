"""One field of a JSON message gets its type, or is refused.

Each function takes the message and the field's key, and raises ValueError with a text that names
both what was found and what was wanted.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

Message: TypeAlias = Mapping[str, Any]
"""A JSON object. Any: this is the border."""

MAX_TEXT: Final = 2048
"""Characters kept of a repr, an error or a note. Celery itself cuts reprs at 1,024."""

# `type(x) is` below and not isinstance: True is an int for Python, not for JSON.


def _wrong(m: Message, key: str, wanted: str) -> ValueError:
    found = f"{m[key]!r:.50}" if key in m else "missing"
    return ValueError(f"{key} is {found}, not {wanted}")


def number(m: Message, key: str) -> float:
    """A finite number, as float."""
    value = m.get(key)
    if type(value) is float and -1e18 < value < 1e18:
        return value
    if type(value) is int and -(10**18) < value < 10**18:
        return float(value)
    raise _wrong(m, key, "a number")


def number_or_none(m: Message, key: str) -> float | None:
    """The same; null or missing is None."""
    return None if m.get(key) is None else number(m, key)


def integer(m: Message, key: str) -> int:
    """An integer of at most 18 digits."""
    value = m.get(key)
    if type(value) is int and -(10**18) < value < 10**18:
        return value
    raise _wrong(m, key, "an integer")


def integer_or_none(m: Message, key: str) -> int | None:
    """The same; null or missing is None."""
    return None if m.get(key) is None else integer(m, key)


def whole(m: Message, key: str) -> str:
    """A text that is never cut: ids and names, which are compared."""
    value = m.get(key)
    if type(value) is str:
        # A lone surrogate cannot be printed or sent; JSON can spell one all the same.
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    raise _wrong(m, key, "a text")


def name(m: Message, key: str) -> str:
    """A task's name, never cut. A message that is no proper task may have none: empty."""
    return "" if m.get(key) is None else whole(m, key)


def text(m: Message, key: str) -> str:
    """A text of at most `MAX_TEXT` characters."""
    value = whole(m, key)
    return value if len(value) <= MAX_TEXT else value[: MAX_TEXT - 1] + "…"


def text_or_none(m: Message, key: str) -> str | None:
    """The same; null or missing is None."""
    return None if m.get(key) is None else text(m, key)


def texts(m: Message, key: str) -> tuple[str, ...]:
    """A list of texts."""
    value = m.get(key)
    if type(value) is list:
        return tuple(text({key: item}, key) for item in value)  # pyright: ignore[reportUnknownVariableType]
    raise _wrong(m, key, "a list of texts")


def flag(m: Message, key: str) -> bool:
    """True or false; missing is false."""
    value = m.get(key, False)
    if type(value) is bool:
        return value
    raise _wrong(m, key, "true or false")


def mapping(m: Message, key: str) -> Mapping[str, object]:
    """An object as JSON gave it; null or missing is empty."""
    value = m.get(key)
    if value is None:
        return {}
    if type(value) is dict:
        return value  # pyright: ignore[reportUnknownVariableType]  # JSON keys are texts
    raise _wrong(m, key, "an object")


def objects(m: Message, key: str) -> tuple[Message, ...]:
    """A list of objects as JSON gave them."""
    value = m.get(key)
    if type(value) is list:
        return tuple(mapping({key: item}, key) for item in value)  # pyright: ignore[reportUnknownVariableType]
    raise _wrong(m, key, "a list of objects")


def lists(m: Message, key: str) -> Mapping[str, tuple[object, ...]]:
    """An object of lists; missing is empty."""
    found: dict[str, tuple[object, ...]] = {}
    for name, values in mapping(m, key).items():
        if type(values) is not list:
            raise _wrong(m, key, "an object of lists")
        found[name] = tuple(values)  # pyright: ignore[reportUnknownArgumentType]
    return found


def moment(m: Message, key: str) -> str | None:
    """ISO 8601, or a number of seconds from now, made a text."""
    value = m.get(key)
    return f"in {number(m, key):g} s" if type(value) in (int, float) else text_or_none(m, key)


def tag(m: Message, key: str) -> str | int | None:
    """A delivery tag: a text on Redis, a number on AMQP, None where there is none."""
    value = m.get(key)
    if value is None or type(value) is str or type(value) is int:
        return value
    raise _wrong(m, key, "a delivery tag")


def settlement(m: Message, key: str) -> Literal["failed", "requeued", "succeeded", "lost"]:
    """What the bridge did with a message."""
    value = m.get(key)
    if value in ("failed", "requeued", "succeeded", "lost"):
        return value
    raise _wrong(m, key, "failed, requeued, succeeded or lost")

"""Where two observations differ."""

from typing import Any

_ABSENT = "(absent)"


def differences_between(one: Any, other: Any, path: str = "") -> list[str]:
    """Each place where they differ, as `path: one | other`."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = dict.fromkeys((*one, *other))
        return [
            line
            for key in keys
            for line in differences_between(
                one.get(key, _ABSENT), other.get(key, _ABSENT), f"{path}.{key}" if path else key
            )
        ]
    return [] if one == other else [f"{path}: {one!r} | {other!r}"]

"""Lengths of time as people type them, and as they are shown."""

import re
from typing import Final

_UNITS: Final = {"": 1.0, "ms": 0.001, "s": 1.0, "sec": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0}
_TYPED: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)", re.IGNORECASE)


def read_duration(text: str) -> float:
    """Seconds; a number without a unit is seconds. Raises ValueError with what to write."""
    typed = _TYPED.fullmatch(text.strip())
    unit = None if typed is None else _UNITS.get(typed[2].lower())
    if typed is None or unit is None:
        raise ValueError("write a time as in 5 s, 200 ms, 2 min or 1 h")
    return float(typed[1].replace(",", ".")) * unit


def shown_duration(seconds: float) -> str:
    """With its unit, as `read_duration` reads it: 50 ms, 2.8 s, 41 s, 2 min, 1 h."""
    if 0 < seconds < 0.9995:
        return f"{seconds * 1000:.3g} ms"
    if seconds < 9.95:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    if seconds < 120 or seconds % 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 3600:g} h" if seconds % 3600 == 0 else f"{seconds / 60:g} min"


def measured(seconds: float) -> str:
    """What was measured, to two digits or so: 2 ms, 0.09 s, 2.8 s, 41 s, 3 min 5 s."""
    if seconds < 0.01:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 0.995:
        return f"{seconds:.2f} s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if seconds < 119.5:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"

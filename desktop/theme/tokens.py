"""The colours and sizes of the window, in one place.

Colours are `#rrggbb`. A tint is a colour laid over an opaque ground, so that text on it keeps its
contrast wherever it stands. The names say what a colour is for, never what it looks like.
"""

from dataclasses import dataclass
from typing import Final

# --- Sizes, in device-independent pixels ---

SPACE: Final = (4, 8, 12, 16, 24)
RAIL: Final = 72
TOP_BAR: Final = 48
TOOLBAR: Final = 44
STATUS_BAR: Final = 28
PANE_HEADER: Final = 40
CONTROL: Final = 32
COMPACT: Final = 28
MAIN_CONTROL: Final = 36
WORKER_ROW: Final = 64
TABLE_ROW: Final = 36
LOG_ROW: Final = 20
MERGED_ROW: Final = 21
TILE: Final = 18
PILL: Final = 20
DRAWER: Final = 340

# --- Shares of a colour over its ground ---

PILL_TINT: Final = 0.14
CHIP_TINT: Final = 0.12
LOG_TINT: Final = 0.10
CARD_TINT: Final = 0.07
HIT_TINT: Final = 0.16


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. `line` and `line2` are never text; `workers` are identity, never state."""

    dark: bool
    bg: str
    panel: str
    raised: str
    hover: str
    field: str
    log: str
    line: str
    line2: str
    text: str
    text2: str
    dim: str
    acc: str
    accfill: str
    onacc: str
    ok: str
    warn: str
    err: str
    grey: str
    violet: str
    on_tile: str
    workers: tuple[str, str, str, str, str, str, str, str]

    def worker(self, number: int) -> str:
        """The colour of the worker with this number, counted from 1."""
        return self.workers[(number - 1) % len(self.workers)]


DARK: Final = Tokens(
    dark=True,
    bg="#0d1117",
    panel="#151b23",
    raised="#1c242e",
    hover="#232d39",
    field="#0d1117",
    log="#0a0e13",
    line="#2b3541",
    line2="#3a4653",
    text="#e2e8f0",
    text2="#a9b4c2",
    dim="#8b98a9",
    acc="#5aa7ff",
    accfill="#1f6feb",
    onacc="#ffffff",
    ok="#4cc38a",
    warn="#e0a83a",
    err="#ff7b72",
    grey="#98a4b3",
    violet="#b392f0",
    on_tile="#0a0e13",
    workers=(
        *("#56b4e9", "#d98cbb", "#2fc49a", "#f0a830"),
        *("#efe05a", "#7a9bff", "#f07f4a", "#a9b4c2"),
    ),
)

LIGHT: Final = Tokens(
    dark=False,
    bg="#f1f4f8",
    panel="#ffffff",
    raised="#f6f8fb",
    hover="#eaeff5",
    field="#ffffff",
    log="#ffffff",
    line="#d8dfe8",
    line2="#bcc7d4",
    text="#18212c",
    text2="#465364",
    dim="#566374",
    acc="#0a5fd0",
    accfill="#0f63d6",
    onacc="#ffffff",
    ok="#0b6e45",
    warn="#845400",
    err="#b81b27",
    grey="#566374",
    violet="#6d43c0",
    on_tile="#ffffff",
    workers=(
        *("#00639e", "#97336f", "#006b4e", "#8f5400"),
        *("#6b6000", "#3a4fb8", "#ab3d0a", "#536070"),
    ),
)


def over(colour: str, ground: str, share: float) -> str:
    """`colour` at this share (0 to 1) over `ground`."""
    mixed = (
        round(c * share + g * (1 - share)) for c, g in zip(_rgb(colour), _rgb(ground), strict=True)
    )
    return "#" + "".join(f"{value:02x}" for value in mixed)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _rgb(colour: str) -> tuple[int, int, int]:
    value = int(colour[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255

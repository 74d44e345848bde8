"""Escape sequences of a terminal: colours are read, everything else is taken out.

Select Graphic Rendition is ECMA-48, 8.3.117; the 256 colours are those of xterm
(https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.theme.tokens import contrast, over

READABLE: Final = 4.5
TAB: Final = 8

_ESCAPE: Final = "\x1b"
# CSI sequences, OSC and other strings up to their end, and escapes of two characters.
_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[(?P<sgr>[\d;:]*)m|\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[ -/]*[0-~]|$)"
)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Those that turn the order of what follows, too: a row is read as it was printed."""
_BASIC: Final = (
    *("#3b3b3b", "#c91b00", "#00a33f", "#b58900", "#2d6cdf", "#b5179e", "#0598bc", "#bfbfbf"),
    *("#767676", "#ff6e67", "#3ddc84", "#f2cc60", "#6ea8fe", "#ff77e9", "#5ce1e6", "#ffffff"),
)
_CUBE: Final = (0, 95, 135, 175, 215, 255)


@dataclass(frozen=True, slots=True)
class Ink:
    """How the columns `start` to `end - 1` were printed; `colour` is None for the usual one."""

    start: int
    end: int
    colour: str | None
    bold: bool


def read(text: str) -> tuple[str, tuple[Ink, ...]]:
    """The text as a person sees it, and its inks in order. Tabs are spaces afterwards."""
    if _ESCAPE not in text:
        return _clean(text), ()
    parts: list[str] = []
    inks: list[Ink] = []
    column = start = 0
    colour, bold = None, False
    for found in (*_SEQUENCE.finditer(text), None):
        part = _clean(text[start : found.start() if found else None], column)
        if part and (colour or bold):
            inks.append(Ink(column, column + len(part), colour, bold))
        parts.append(part)
        column += len(part)
        if found is not None:
            start = found.end()
            if found["sgr"] is not None:
                colour, bold = _render(found["sgr"], colour, bold)
    return "".join(parts), tuple(inks)


def shifted(inks: tuple[Ink, ...], by: int) -> tuple[Ink, ...]:
    """The inks of what is left when the first `by` columns are cut off."""
    return tuple(
        Ink(max(0, ink.start - by), ink.end - by, ink.colour, ink.bold)
        for ink in inks
        if ink.end > by
    )


def _clean(text: str, column: int = 0) -> str:
    """Without control characters; what a carriage return takes back was overwritten."""
    if text.isprintable():
        return text
    if "\t" in text:
        text = (" " * column + text).expandtabs(TAB)[column:]
    text = text.replace("\n", " ")
    return _CONTROL.sub("", text.rpartition("\r")[2] if "\r" in text.rstrip("\r") else text)


def _render(parameters: str, colour: str | None, bold: bool) -> tuple[str | None, bool]:
    codes = [int(code or 0) for code in re.split("[;:]", parameters)]
    while codes:
        code = codes.pop(0)
        if code == 0:
            colour, bold = None, False
        elif code in (1, 22):
            bold = code == 1
        elif code == 39:
            colour = None
        elif 30 <= code <= 37:
            colour = _BASIC[code - 30]
        elif 90 <= code <= 97:
            colour = _BASIC[code - 82]
        elif code in (38, 48):
            chosen = _chosen(codes)
            colour = chosen if code == 38 and chosen else colour
    return colour, bold


def _chosen(codes: list[int]) -> str | None:
    """The colour that follows a 38 or 48; takes it from `codes`."""
    match codes:
        case [5, index, *_] if index < 256:
            del codes[:2]
            return _indexed(index)
        case [2, red, green, blue, *_]:
            del codes[:4]
            return _hex(red, green, blue)
        case _:
            codes.clear()
            return None


def _indexed(index: int) -> str:
    if index < 16:
        return _BASIC[index]
    if index >= 232:
        grey = 8 + (index - 232) * 10
        return _hex(grey, grey, grey)
    index -= 16
    return _hex(_CUBE[index // 36], _CUBE[index // 6 % 6], _CUBE[index % 6])


def _hex(red: int, green: int, blue: int) -> str:
    return "#" + "".join(f"{min(value, 255):02x}" for value in (red, green, blue))


@lru_cache(maxsize=4096)
def readable(colour: str, ground: str, text: str) -> str:
    """The colour, moved towards `text` until it can be read on this ground."""
    mixed = colour
    for share in range(1, 21):
        if contrast(mixed, ground) >= READABLE:
            return mixed
        mixed = over(text, colour, share / 20)
    return text

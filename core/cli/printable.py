"""What a worker printed, made fit to stand beside other lines on a terminal."""

import re
from typing import Final

RESET: Final = "\x1b[0m"

_COLOUR: Final = re.compile(r"\x1b\[[\d;:]*m")
_CONTROL: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # a control sequence (ECMA-48, section 5.4): colours, cursor, erase
    r"|\x1b[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # a control string: window titles, links
    r"|\x1b[ -/]*[0-~]?"  # any other escape
    r"|[\x00-\x08\x0a-\x1f\x7f-\x9f]"
)


def printable(line: str, *, colour: bool) -> str:
    """The line without anything that would move the cursor, and without colours unless wanted.

    Of a line that was written over (a progress bar) the last state stays. Colours do not reach
    beyond the line.
    """
    if line.isprintable():
        return line
    line = line.rstrip("\r").rpartition("\r")[2]
    coloured = colour and _COLOUR.search(line) is not None
    shown = _CONTROL.sub(_colour_only if colour else "", line)
    return shown + RESET if coloured else shown


def _colour_only(found: re.Match[str]) -> str:
    return found[0] if _COLOUR.fullmatch(found[0]) else ""

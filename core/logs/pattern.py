"""Which lines of a block hold a text or match a regular expression.

RE2 does the searching (google-re2 on PyPI): its time is linear in the length of what it searches,
whatever the pattern, where `re` may take for ever and cannot be interrupted, and it searches all
alternatives at once. The price is that it knows no lookaround and no backreferences. The `regex`
package has time limits, but its slow patterns would find nothing before they were cut off.
"""

import re
import time
import warnings
from collections.abc import Callable, Iterator
from itertools import accumulate, repeat
from typing import Any, Final, Protocol, cast

import re2  # pyright: ignore[reportMissingTypeStubs]

from core.errors import USAGE, FleetError

MOST: Final = 128 * 1024
"""So many bytes are searched at once, in any case."""
_FIRST: Final = 4 * 1024
_LEAST: Final = 1024
_SLOW_S: Final = 0.004
_QUICK_S: Final = 0.001
# A program this large takes some 2 µs a byte at worst: 1 KiB of it is no reason to wait.
_LARGEST_PROGRAM: Final = 2500

# What can stand for a character that is more than one byte long.
_WIDE: Final = re.compile(r"(?<!\\)\.|\[\^|\[:\^|\\[A-Zpx]|[^\x00-\x7f]")

_NEWLINE: Final = b"\n"
_PYTHONS: Final = re.compile(r"\\(.)", re.DOTALL)  # a backslash, and what it is about


class _Match(Protocol):
    def span(self) -> tuple[int, int]: ...


class _Compiled(Protocol):
    """What we use of RE2's pattern; offsets are in the units of what is searched."""

    programsize: int

    def search(self, text: bytes, pos: int) -> _Match | None: ...
    def finditer(self, text: str | bytes) -> Iterator[_Match]: ...


class Pattern:
    """A text, or with `regex` an expression, that a line may contain; `case` tells A from a.

    `^` and `$` (and `\\A`, `\\Z`) are the ends of a line; nothing matches over more than one.
    Raises FleetError for a bad expression, with the position in it.
    """

    def __init__(
        self,
        text: str,
        *,
        regex: bool = False,
        case: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._compiled = _compile(text, regex=regex, case=case)
        self._of_bytes = self._compiled
        if not _WIDE.search(text):  # then an `s` need not be looked for as `ſ` too: 4 times as fast
            self._of_bytes = _compile(text, regex=regex, case=case, utf_8=False)
        self._text = b""
        self._case = case
        self._clock = clock
        if not regex and "\n" not in text and (case or text.isascii()):
            self._text = (text if case else text.lower()).encode()
        self.portion = MOST if self._text else _FIRST
        """How many bytes to search at once, by how long it took so far; a few milliseconds."""

    def lines(self, data: bytes) -> list[int]:
        """The indices of the lines of `data` that have it, ascending; each ends with a newline."""
        if self._text:
            return self._lines_with_text(data)
        began = self._clock()
        found = self._lines_by_regex(data)
        took = self._clock() - began
        if took > _SLOW_S:
            self.portion = max(_LEAST, self.portion // 4)
        elif took < _QUICK_S:
            self.portion = min(MOST, self.portion * 2)
        return found

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where in a line it stands, in characters; none for a match of nothing."""
        if text.isascii():  # then bytes are characters, and RE2 need not count them
            found = self._of_bytes.finditer(text.encode())
        else:
            found = self._compiled.finditer(text)
        spans = (match.span() for match in found)
        return tuple((start, end) for start, end in spans if start < end)

    def _lines_with_text(self, data: bytes) -> list[int]:
        # A cut at each place where it stands, and newlines counted between: no loop in Python.
        parts = (data if self._case else data.lower()).split(self._text)
        parts.pop()
        return list(dict.fromkeys(accumulate(map(bytes.count, parts, repeat(_NEWLINE)))))

    def _lines_by_regex(self, data: bytes) -> list[int]:
        found: list[int] = []
        line = counted = position = 0
        search = self._of_bytes.search
        while position < len(data) and (match := search(data, position)):
            start = match.span()[0]
            if start == len(data):  # `$` after the last newline, where no line is
                break
            begin = data.rfind(_NEWLINE, 0, start) + 1
            line += data.count(_NEWLINE, counted, begin)
            found.append(line)
            counted = begin
            position = data.index(_NEWLINE, start) + 1
        return found


def _compile(text: str, *, regex: bool, case: bool, utf_8: bool = True) -> _Compiled:
    library = cast("Any", re2)  # it has no types
    options = library.Options()
    options.log_errors = False
    options.never_nl = True  # `[^a]` and `\s` are no newline
    options.case_sensitive = case
    if not utf_8:
        options.encoding = library.Options.Encoding.LATIN1
    pattern = _PYTHONS.sub(_as_re2, text) if regex else library.escape(text)
    try:
        compiled = library.compile(f"(?m){pattern}".encode("utf-8", "replace"), options)
    except library.error as error:
        raise _bad(text, *_trouble(text, error.args[0])) from None
    if compiled.programsize > _LARGEST_PROGRAM:
        why = "it stands for too much: repetitions in {} multiply with what they repeat"
        raise _bad(text, why, max(0, text.find("{")))
    return cast("_Compiled", compiled)


def _as_re2(escape: re.Match[str]) -> str:
    return {"A": "^", "Z": "$", "z": "$"}.get(escape[1], escape[0])


def _trouble(text: str, said: bytes | str) -> tuple[str, int]:
    """Why RE2 refused a pattern, and where. Python's `re` knows positions, if it agrees."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
    except re.error as error:
        return error.msg, error.pos or 0
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    what, _, culprit = words.rpartition(": ")
    if culprit.startswith(("(?", "\\")):
        what = f"{culprit} is not possible here: no lookaround and no backreferences"
    return what or words, max(0, text.find(culprit))


def _bad(text: str, why: str, position: int) -> FleetError:
    return FleetError(
        f"the pattern {text} cannot be searched for",
        f"{why}, at character {position + 1}\n    {text}\n    {' ' * position}^",
        "mend it there, or search for it as plain text",
        exit_code=USAGE,
    )

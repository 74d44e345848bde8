"""The command line that opens a file at a line, as a person writes it.

`code --goto {file}:{line}`: words apart by blanks, quotes around those that have some. No shell
reads it, and a file's name is put in after it was split, so nothing of a name is a command.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from core.errors import FleetError

_PART: Final = re.compile(r"""(\s+)|"([^"]*)"|'([^']*)'|(["'])|(.)""", re.DOTALL)
_PLACE: Final = re.compile(r"\{(file|line)\}")
_BATCH: Final = (".bat", ".cmd")
_FOR_CMD: Final = frozenset('"%&|<>^!\r\n')
"""What cmd.exe takes for more than a letter, in quotes too: it reads the arguments of a batch file
once more (https://nvd.nist.gov/vuln/detail/CVE-2024-24576 tells the same of Rust)."""


def words_of(command: str) -> tuple[str, ...]:
    """The words of a command. Raises FleetError for a quote without an end, and for no words."""
    words: list[str] = []
    word: str | None = None
    for part in _PART.finditer(command):
        blank, double, single, broken, letter = part.groups()
        if broken:
            raise _wrong(command, f"a quote {broken} has no end", "Close the quote.")
        if blank is None:
            word = (word or "") + (double or single or letter or "")
        elif word is not None:
            words.append(word)
            word = None
    if word is not None:
        words.append(word)
    if not words:
        raise _wrong(command, "it names no program", "Write the program and its arguments.")
    return tuple(words)


def filled(words: Sequence[str], file: str, line: int) -> tuple[str, ...]:
    """The command for this place; the file comes last where no word says `{file}`.

    Raises FleetError where a batch file of Windows would take a part of the name for a command.
    """
    values = {"file": file, "line": str(line)}
    program, *rest = words
    if not any("{file}" in word for word in rest):
        rest.append("{file}")
    given = tuple(_PLACE.sub(lambda found: values[found[1]], word) for word in rest)
    if PurePath(program).suffix.lower() in _BATCH and any(_FOR_CMD & set(word) for word in given):
        raise FleetError(
            f"{file} was not opened",
            f"{program} is a batch file, which would take a part of that name for a command",
            "name the .exe of your editor in the settings (Ctrl+,)",
        )
    return program, *given


def _wrong(command: str, why: str, fix: str) -> FleetError:
    return FleetError(f"the editor's command {command!r} cannot be used", why, fix)

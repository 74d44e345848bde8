"""A command as one types it, split into words by the rules that shells have in common.

Quotes group, `$NAME`, `${NAME}` and `${NAME:-text}` are filled in but for single quotes, and
`NAME=value` in front of the program sets a variable for it. Nothing else of a shell: what needs one
is refused with the sign that needs it, since Windows and POSIX have no shell in common. On Windows
a backslash is a letter of paths, elsewhere it escapes.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.errors import USAGE, FleetError
from core.secret import looks_secret, mask_url


@dataclass(frozen=True, slots=True)
class Words:
    """What to run, with the variables that stand before it, and those that were filled in."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    used: frozenset[str] = frozenset()


_PART: Final = re.compile(
    r"""
      (?P<blank> \s+ )
    | ' (?P<single> [^']* ) '
    | " (?P<double> (?: \\["\\$`] | [^"] )* ) "
    | (?P<operator> && | \|\| | >> | << | \$\( | [|&;<>()`] )
    | \$ (?P<name> [A-Za-z_]\w* )
    | \$\{ (?P<braced> [A-Za-z_]\w* ) (?: :- (?P<other> [^}]* ) )? \}
    | \\ (?P<escaped> . )
    | (?P<broken> ['"] )
    | (?P<letter> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ASSIGNMENT: Final = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_VARIABLE: Final = re.compile(
    r"\\(?P<escaped>[\"\\$`])"
    r"|\$(?:(?P<name>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?::-(?P<other>[^}]*))?\})"
    r"|(?P<operator>\$\(|`)"
)


def split(
    row: str, command: str, variables: Mapping[str, str], *, windows: bool = sys.platform == "win32"
) -> Words:
    """Split the command of a row. Raises FleetError for what only a shell understands."""
    reading = _Reading(row, variables, windows)
    for part in _PART.finditer(command):
        reading.take(part)
    words = reading.words()
    env: dict[str, str] = {}
    while words and (found := _ASSIGNMENT.fullmatch(words[0])):
        env[found[1]] = found[2]
        del words[0]
    if not words:
        raise _refused(row, "it names no program", "Write the program and its arguments.")
    return Words(tuple(words), env, frozenset(reading.used))


class _Reading:
    def __init__(self, row: str, variables: Mapping[str, str], windows: bool) -> None:
        self.used: set[str] = set()
        self._row = row
        self._variables = variables
        self._windows = windows
        self._words: list[str] = []
        self._word: str | None = None

    def words(self) -> list[str]:
        self._end_word()
        return self._words

    def take(self, part: re.Match[str]) -> None:
        if part["blank"]:
            self._end_word()
        elif part["operator"]:
            raise _needs_shell(self._row, part["operator"])
        elif part["broken"]:
            raise _refused(self._row, f"a quote {part['broken']} has no end", "Close the quote.")
        else:
            self._word = (self._word or "") + self._text(part)

    def _text(self, part: re.Match[str]) -> str:
        if part["single"] is not None:
            return part["single"]
        if part["double"] is not None:
            return _VARIABLE.sub(self._inside_quotes, part["double"])
        if part["escaped"] is not None:
            return f"\\{part['escaped']}" if self._windows else part["escaped"]
        return part["letter"] or self._value(part)

    def _inside_quotes(self, part: re.Match[str]) -> str:
        if part["operator"]:
            raise _needs_shell(self._row, part["operator"])
        if part["escaped"] is None:
            return self._value(part)
        path = self._windows and part["escaped"] == "\\"
        return part[0] if path else part["escaped"]

    def _value(self, part: re.Match[str]) -> str:
        name = part["name"] or part["braced"]
        self.used.add(name)
        value = self._variables.get(name) or part["other"]
        if value is None:
            raise _refused(
                self._row,
                f"the variable {name} is not set",
                f"Set {name} in the environment or in .env, or write ${{{name}:-a default}}.",
            )
        if looks_secret(name) or mask_url(value) != value:
            raise _refused(
                self._row,
                f"the value of {name} is secret, and every user of a machine sees command lines",
                f"Leave ${name} out: the program can read the variable {name} itself.",
            )
        return value

    def _end_word(self) -> None:
        if self._word is not None:
            self._words.append(self._word)
            self._word = None


def _needs_shell(row: str, sign: str) -> FleetError:
    return _refused(
        row,
        f"{sign} is for a shell, and rows are run without one, the same on every system",
        'Make it rows of their own, or call a shell yourself: command = ["sh", "-c", "…"].',
    )


def _refused(row: str, why: str, fix: str) -> FleetError:
    return FleetError(f"the command of the row {row} cannot be run", why, fix, exit_code=USAGE)


_PORT: Final = re.compile(r"--port=(\d+)|(?:--bind=|-b)\S*:(\d+)")
_PORT_NEXT: Final = re.compile(r"(?:\S*:)?(\d+)")


def port_in(argv: Iterable[str]) -> int | None:
    """The port that a command line names: `--port 8000`, `--bind 127.0.0.1:8000`."""
    before = ""
    for word in argv:
        found = _PORT.fullmatch(word)
        if before in ("--port", "--bind", "-b"):
            found = _PORT_NEXT.fullmatch(word)
        if found:
            return int(next(filter(None, found.groups())))
        before = word
    return None

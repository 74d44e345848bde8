"""One known error, and what it is known by."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_LONGEST: Final = 80
"""Characters of a line that are told at most, as the name of a module or a host."""


@dataclass(frozen=True)
class Signature:
    """A known error. `cause` is a clause, `fix` a request, `link` the page that says more.

    `pattern` is searched in a line. `needles` are texts of which every line that it fits has one.
    `{0}` in the words stands for its groups together; nothing else of a line is ever told, so a
    group takes only what can be no secret: a name, a number. `ends` says whether it can be why a
    process ended, as against a task that fails or a wait for the broker.
    """

    id: str
    pattern: str
    needles: tuple[str, ...]
    cause: str
    fix: str
    link: str
    ends: bool = True

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def read(self, line: str) -> "KnownError | None":
        """The error that the line tells of; None when it is not this one."""
        found = self._compiled.search(line)
        if found is None:
            return None
        named = "".join(group for group in found.groups() if group)[:_LONGEST]
        return KnownError(
            self.id, self.cause.format(named), self.fix.format(named), self.link, self.ends
        )


@dataclass(frozen=True, slots=True)
class KnownError:
    """A signature that was met, its words filled in."""

    id: str
    cause: str
    fix: str
    link: str
    ends: bool

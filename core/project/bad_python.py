"""Why an interpreter does not run, from the little that Windows or its launcher says of it.

Sources: learn.microsoft.com, "System Error Codes" (193, 216) and NTSTATUS (0xC0000135, 0xC000007B);
CPython's `PC/launcher2.c` (103: no Python at the base, 106: no pyvenv.cfg); the alias of the
Microsoft Store, which says "Python was not found" and ends with 9009.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

ALIASES: Final = ("microsoft", "windowsapps")
"""The end of the folder where Windows keeps the aliases of the Store's programs."""

_OTHER_KIND: Final = (193, 216)
_NO_BASE: Final = (103, 106)
_BASE_WORDS: Final = ("No Python at", "did not find executable at", "failed to spawn Python child")
_ANEW: Final = "Install Python again and make the environment anew (python -m venv .venv)"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it does not run, and what helps."""

    why: str
    fix: str


def is_alias(python: PurePath) -> bool:
    """Say whether it lies where Windows keeps its aliases for the Microsoft Store."""
    return tuple(part.lower() for part in python.parent.parts[-2:]) == ALIASES


def why_it_does_not_run(
    *, code: int | None = None, words: str = "", refused: int | None = None
) -> Reason | None:
    """The reason, where it is one of those that are known.

    `code` is how the process ended and `words` what it wrote; `refused` is the number of the error
    by which Windows did not start it.
    """
    if refused in _OTHER_KIND:
        return Reason(
            "it is no program for this Windows: made for another processor, or damaged",
            f"Install the 64-bit Python from python.org. {_ANEW}.",
        )
    match code:
        case 9009:
            return Reason(
                "it is no Python, but Windows' shortcut to the Microsoft Store",
                "Install Python from python.org or the Store, or switch the shortcut off in "
                'Settings, "App execution aliases".',
            )
        case 0xC0000135:
            return Reason("a DLL that it needs is missing", f"{_ANEW}.")
        case 0xC000007B:
            return Reason("its 32-bit and 64-bit parts are mixed up", f"{_ANEW}.")
        case _:
            pass
    if code in _NO_BASE or any(each in words for each in _BASE_WORDS):
        return Reason(
            f"the Python that its environment was made from has been removed ({words.strip()})",
            f"{_ANEW}, or name another with --python.",
        )
    return None
